import { agentEvent, problem, routes, visitorEvent } from '@helpdesk/core/api'
import { expect, test } from 'vitest'
import { findErrors, knownKeywords, type Schema } from './schema.ts'

const person: Schema = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 5, pattern: '\\S' },
    email: { anyOf: [{ type: 'string', format: 'email-address' }, { type: 'null' }] },
    age: { type: 'integer', minimum: 0, maximum: 150 },
    role: { type: 'string', enum: ['owner', 'guest'] },
    tags: { type: 'array', maxItems: 2, items: { type: 'string' } },
    at: { type: 'string', format: 'date-time' },
    kind: { const: 'person' },
    nice: { type: 'boolean' },
  },
}

test.each<[unknown, string[]]>([
  [{ name: 'Ann' }, []],
  [
    {
      name: 'Ann',
      email: null,
      age: 7,
      role: 'guest',
      tags: ['a'],
      at: '2026-11-21T10:00:00.5Z',
      nice: false,
    },
    [],
  ],
  [{ name: '👋👋👋👋👋', kind: 'person', email: 'a@b.cc' }, []],
  [{}, ['/body/name is required']],
  [{ name: 'Ann', 'a/b~c': 1 }, ['/body/a~1b~0c is not known here']],
  [{ name: 'Ann', toString: 1 }, ['/body/toString is not known here']],
  [{ name: '' }, ['/body/name must have at least 1 characters']],
  [{ name: 'Annabel' }, ['/body/name must have at most 5 characters']],
  [{ name: '  ' }, ['/body/name must match \\S']],
  [{ name: 'A\0' }, ['/body/name must be well-formed text']],
  [{ name: 'A\ud800' }, ['/body/name must be well-formed text']],
  [{ name: 7 }, ['/body/name must be a string']],
  [{ name: 'Ann', email: 'nobody' }, ['/body/email must be a valid email-address']],
  [{ name: 'Ann', age: 1.5 }, ['/body/age must be an integer']],
  [{ name: 'Ann', age: -1 }, ['/body/age must be at least 0']],
  [{ name: 'Ann', age: 151 }, ['/body/age must be at most 150']],
  [{ name: 'Ann', role: 'king' }, ['/body/role must be one of owner, guest']],
  [{ name: 'Ann', tags: ['a', 1] }, ['/body/tags/1 must be a string']],
  [{ name: 'Ann', tags: ['a', 'b', 'c'] }, ['/body/tags must have at most 2 items']],
  [{ name: 'Ann', tags: {} }, ['/body/tags must be an array']],
  [{ name: 'Ann', at: '2026-11-21' }, ['/body/at must be a valid date-time']],
  [{ name: 'Ann', kind: 'thing' }, ['/body/kind must be person']],
  [{ name: 'Ann', nice: 'yes' }, ['/body/nice must be a boolean']],
  [null, ['/body must be an object']],
  [[], ['/body must be an object']],
])('%j', (value, expected) => {
  expect(findErrors(person, value, '/body').map(({ pointer, detail }) => `${pointer} ${detail}`)).toEqual(
    expected,
  )
})

test('the contract says nothing that is overlooked here', () => {
  const seen = new Set<string>()
  const walk = (schema: object): void => {
    for (const [keyword, value] of Object.entries(schema)) {
      seen.add(keyword)
      if (keyword === 'properties') for (const member of Object.values(value as object)) walk(member)
      if (keyword === 'items') walk(value)
      if (keyword === 'anyOf') for (const member of value) walk(member)
    }
  }
  for (const { params, query, body, response } of routes) {
    for (const schema of [params, query, body, ...Object.values(response)]) if (schema) walk(schema)
  }
  for (const schema of [visitorEvent, agentEvent, problem]) walk(schema)
  expect([...seen].filter((keyword) => !knownKeywords.has(keyword))).toEqual([])
})

/// <reference types="node" />
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type IdentityInput, identityAttributes, signIdentity } from '@helpdesk/core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillIn, type SnippetLanguage, snippetLanguages } from './snippets.ts'
import { type Harness, harnesses } from './snippets-harness.ts'

interface Vector {
  name: string
  desk: string
  keyId: string
  secret: string
  expires: number
  identity: IdentityInput
  signature: string
}

const source = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const vectors = JSON.parse(source('../../../../packages/core/src/identity.vectors.json')) as Vector[]
const languages = Object.keys(snippetLanguages) as SnippetLanguage[]
const textOf = (language: SnippetLanguage) => source(`./snippets/${snippetLanguages[language].file}`)

/** What a host may have in its database. */
const hostile: IdentityInput[] = [
  { user_email: 'żofia@przykład.example', user_name: 'Žofia „Ž“ O’Neil 🐙 \u2028 e\u0301' },
  // biome-ignore lint/suspicious/noTemplateCurlyInString: as text, which must stay as it is
  { user_external_id: 'a=b&c=d %20 $HOME ${x} #{y} {0} \\n "q" \'s\' <b> `', client_name: ' two  spaces ' },
  { client_external_id: 42, user_external_id: '0042', client_plan: 'user_name=x' },
  { user_phone: '', client_name: '', user_name: '0', user_external_id: 0 },
  { user_phone: '+48 123', user_email: 'b@c.example', client_url: 'https://x.example/?a=1&b=\t2' },
]
const refused: IdentityInput[] = ['\n', '\r', '\0'].map((character) => ({
  user_email: 'a@b.example',
  client_name: `Acme${character}user_external_id=1`,
}))

/** One identity a line: the expiry, then `name:s:base64` or `name:n:digits`. */
function toLine(identity: IdentityInput, expires: number): string {
  const pairs = Object.entries(identity).map(([name, value]) =>
    typeof value === 'number' ? `${name}:n:${value}` : `${name}:s:${Buffer.from(value).toString('base64')}`,
  )
  return [expires, ...pairs].join('\t')
}

function isInstalled({ probe: [command, ...options] }: Harness): boolean {
  return spawnSync(command, options, { timeout: 20_000 }).status === 0
}

describe.each(languages)('the snippet for %s', (language) => {
  const harness = harnesses[language]
  const installed = isInstalled(harness)
  const folder = mkdtempSync(join(tmpdir(), 'helpdesk-snippet-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  function sign(key: Pick<Vector, 'desk' | 'keyId' | 'secret'>, lines: string[]): string[] {
    mkdirSync(dirname(join(folder, harness.source)), { recursive: true })
    writeFileSync(join(folder, harness.source), fillIn(textOf(language), key.desk, key.keyId))
    for (const [name, text] of Object.entries(harness.files)) writeFileSync(join(folder, name), text)
    let output = ''
    for (const [command, ...options] of harness.run) {
      const env = { ...process.env, HELPDESK_SECRET: key.secret, GOCACHE: join(folder, 'cache'), GOFLAGS: '' }
      const input = `${lines.join('\n')}\n`
      const done = spawnSync(command, options, { cwd: folder, env, input, encoding: 'utf8' })
      if (done.status !== 0) throw new Error(`${command}: ${done.stderr}${done.stdout}`)
      output = done.stdout
    }
    return output.trim().split(/\r?\n/)
  }

  test('names every attribute in the order in which they are signed, and the version', () => {
    const text = textOf(language)
    const places = identityAttributes.map((name) => text.search(new RegExp(`\\b${name}\\b`)))
    expect(places).not.toContain(-1)
    expect(places).toEqual(places.toSorted((one, other) => one - other))
    expect(text).toContain('helpdesk-identity-v2')
    expect(text).toContain('HELPDESK_SECRET')
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(30)
    expect(fillIn(text, 'acme', 'k7')).not.toMatch(/DESK_ID|KEY_ID\b(?! =)(?=["'])/)
  })

  test.skipIf(!installed)(
    `signs the published vectors alike (needs ${harness.probe[0]})`,
    () => {
      for (const { desk, keyId, secret } of distinct(vectors)) {
        const its = vectors.filter((one) => one.desk === desk && one.keyId === keyId && one.secret === secret)
        const lines = its.map(({ identity, expires }) => toLine(identity, expires))
        expect(sign({ desk, keyId, secret }, lines)).toEqual(its.map(({ signature }) => signature))
      }
    },
    120_000,
  )

  test.skipIf(!installed)(
    `signs what is hard to sign as core does, and refuses line breaks (needs ${harness.probe[0]})`,
    async () => {
      const key = { desk: 'desk_demo', keyId: 'k-2_b', secret: 'sekret-zażółć-gęślą-jaźń-0123456789' }
      const expires = 1_893_456_000
      const expected = await Promise.all(
        hostile.map((identity) => signIdentity(identity, { ...key, expires })),
      )
      const lines = [...hostile, ...refused].map((identity) => toLine(identity, expires))
      expect(sign(key, lines)).toEqual([...expected, ...refused.map(() => 'refused')])
    },
    120_000,
  )
})

describe('node', () => {
  beforeAll(() => expect(isInstalled(harnesses.node)).toBe(true))

  test('does not sign without a secret', () => {
    const folder = mkdtempSync(join(tmpdir(), 'helpdesk-snippet-'))
    writeFileSync(join(folder, 'sign.mjs'), textOf('node'))
    const code = `import { signIdentity } from './sign.mjs'; signIdentity({ user_email: 'a@b.example' })`
    const options = ['--input-type=module', '-e', code]
    const { HELPDESK_SECRET: _, ...env } = process.env
    const done = spawnSync(process.execPath, options, { cwd: folder, env, encoding: 'utf8' })
    rmSync(folder, { recursive: true, force: true })
    expect(done.status).not.toBe(0)
    expect(done.stderr).toContain('TypeError')
  })
})

function distinct(all: Vector[]): Vector[] {
  const byKey = new Map(all.map((one) => [`${one.desk} ${one.keyId} ${one.secret}`, one]))
  return [...byKey.values()]
}

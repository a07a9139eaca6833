import { errorTable } from '../errors.ts'
import { agents } from './agents.ts'
import { articleDesk } from './article-desk.ts'
import { agentArticles } from './article-writing.ts'
import { publicArticles } from './articles.ts'
import { attachments } from './attachments.ts'
import { categories } from './categories.ts'
import { collections } from './collections.ts'
import { contacts } from './contacts.ts'
import { visitorConversations } from './conversations.ts'
import { desks } from './desks.ts'
import { events } from './events.ts'
import { agentConversations } from './inbox.ts'
import { publicLinks } from './public-links.ts'
import type { Route } from './route.ts'
import { secrets } from './secrets.ts'
import { problem, type TSchema } from './shared.ts'
import { tickets } from './tickets.ts'

type Json = Record<string, unknown>

const nouns: Record<string, Record<string, Route>> = {
  desks,
  conversations: { ...visitorConversations, ...agentConversations, ...publicLinks },
  tickets,
  articles: { ...publicArticles, ...agentArticles, ...articleDesk },
  collections,
  contacts,
  attachments,
  categories,
  secrets,
  events,
  agents,
}

/**
 * The OpenAPI 3.1 document of the contract, a pure function of it.
 * @param version the version of the API, usually the package's
 */
export function toOpenApi(version = '0'): Json {
  const components: Json = {}
  const paths: Record<string, Json> = {}
  for (const [noun, verbs] of Object.entries(nouns)) {
    for (const route of Object.values(verbs)) {
      const path = route.path.replace(/:([A-Za-z]+)/g, '{$1}')
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route, noun, components) }
    }
  }
  reference(problem, components)
  return {
    openapi: '3.1.1',
    info: {
      title: 'Helpdesk API',
      version,
      description:
        'Visitors authenticate with `Authorization: Bearer <contactId>.<contactToken>`, agents with a session cookie.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    tags: Object.keys(nouns).map((name) => ({ name })),
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        contact: { type: 'http', scheme: 'bearer', bearerFormat: 'contactId.contactToken' },
        agent: { type: 'apiKey', in: 'cookie', name: 'helpdesk_session' },
      },
    },
  }
}

function operation(route: Route, tag: string, components: Json): Json {
  const result: Json = { operationId: route.id, tags: [tag], summary: route.summary }
  if (route.description) result.description = route.description
  const parameters = [
    ...members(route.params, 'path', components),
    ...members(route.query, 'query', components),
  ]
  if (route.idempotent) {
    parameters.push({
      name: 'Idempotency-Key',
      in: 'header',
      required: false,
      description:
        'Repeating a request with the same key gives the first answer again and does nothing twice.',
      schema: { type: 'string', minLength: 8, maxLength: 255 },
    })
  }
  if (parameters.length > 0) result.parameters = parameters
  if (route.body) {
    result.requestBody = {
      required: true,
      content: { 'application/json': { schema: reference(route.body, components) } },
    }
  }
  if (route.upload) {
    const schema = { type: 'string', format: 'binary' }
    result.requestBody = { required: true, content: { 'application/octet-stream': { schema } } }
  }
  if (route.mail) {
    const schema = { type: 'string', format: 'binary' }
    result.requestBody = { required: false, content: { 'message/rfc822': { schema } } }
  }
  result.responses = responses(route, components)
  if (route.auth === 'contact') result.security = [{ contact: [] }]
  if (route.auth === 'visitor') result.security = [{}, { contact: [] }]
  if (route.auth === 'agent') result.security = [{ agent: [] }]
  return result
}

function members(schema: TSchema | undefined, place: 'path' | 'query', components: Json): Json[] {
  if (!schema) return []
  const { properties = {}, required = [] } = schema as {
    properties?: Record<string, TSchema>
    required?: string[]
  }
  return Object.entries(properties).map(([name, member]) => ({
    name,
    in: place,
    required: required.includes(name),
    schema: reference(member, components),
  }))
}

function responses(route: Route, components: Json): Json {
  const result: Json = {}
  for (const [status, schema] of Object.entries(route.response)) {
    result[status] =
      status === '204'
        ? { description: 'Done' }
        : { description: 'OK', content: content(route, reference(schema, components)) }
  }
  const codes = new Set(['validation_failed', 'too_many_requests', 'internal', ...route.errors] as const)
  if (route.auth === 'agent') codes.add('unauthenticated')
  const byStatus = Map.groupBy([...codes], (code) => errorTable[code].status)
  for (const [status, group] of [...byStatus].sort(([a], [b]) => a - b)) {
    result[String(status)] = {
      description: group.map((code) => `\`${code}\`: ${errorTable[code].title}`).join('; '),
      content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
    }
  }
  return result
}

function content(route: Route, schema: unknown): Json {
  if (route.download) return { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } }
  const json = { 'application/json': { schema } }
  return route.stream ? { ...json, 'text/event-stream': { schema: { type: 'string' } } } : json
}

/** A plain copy of the schema in which every named schema stands once, under components. */
function reference(schema: unknown, components: Json): unknown {
  if (Array.isArray(schema)) return schema.map((item) => reference(item, components))
  if (typeof schema !== 'object' || schema === null) return schema
  const { $id: name, ...rest } = schema as Json
  const plain = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, reference(value, components)]),
  )
  if (typeof name !== 'string') return plain
  components[name] = plain
  return { $ref: `#/components/schemas/${name}` }
}

import { type Static, type TSchema, Type } from 'typebox'
import { locales } from '../locales.ts'

/** A closed object: a field that is not named is refused, never dropped in silence. */
export function object<P extends Record<string, TSchema>>(
  properties: P,
  options: { $id?: string; description?: string } = {},
) {
  return Type.Object(properties, { additionalProperties: false, ...options })
}

/** One of a few words, as `{ type: 'string', enum }` (a union of constants reads badly in OpenAPI). */
export function oneOf<const V extends readonly string[]>(values: V, options: { description?: string } = {}) {
  return Type.Unsafe<V[number]>({ type: 'string', enum: [...values], ...options })
}

/** The schema, or null. */
export function nullable<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()])
}

/** An optional member. */
export const optional = Type.Optional

const uuidPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$'

/** An id made by the desk (UUIDv7, lower case). */
export const id = Type.String({ pattern: uuidPattern, description: 'UUID' })
/** A desk's public id, which may stand in page source. */
export const publicId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$', description: "The desk's public id" })
/** RFC 3339, UTC. */
export const dateTime = Type.String({ format: 'date-time' })
/** An e-mail address, at most 254 characters. */
export const emailAddress = Type.String({ format: 'email-address', minLength: 3, maxLength: 254 })
/** A person's name. */
export const personName = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
/** The text of a message: plain text, at least one visible character. */
export const messageBody = Type.String({ minLength: 1, maxLength: 20_000, pattern: '\\S' })
/** The text of a message that may consist of attachments alone. */
export const attachedMessageBody = Type.String({
  maxLength: 20_000,
  description: 'May be empty beside attachments',
})
/** The title of a ticket: one line. */
export const title = Type.String({ minLength: 1, maxLength: 200, pattern: '\\S' })
/** The last part of an article's or collection's address. */
export const slug = Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', minLength: 1, maxLength: 80 })
/** A category's code, the value of the `c` URL parameter. */
export const categoryCode = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$' })
/** Names an uploaded file that belongs to no message yet; whoever has it may attach the file, once. */
export const attachmentKey = Type.String({ pattern: '^[0-9a-f-]{36}\\.[A-Za-z0-9_-]{43}$' })
/** The uploaded files of a message, in order. */
export const attachmentKeys = Type.Array(attachmentKey, { maxItems: 10, uniqueItems: true })
/** A position in the desk's event log, and of a message in it. */
export const seq = Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER })
/** 256 random bits, base64url. */
export const token = Type.String({ pattern: '^[A-Za-z0-9_-]{43}$' })
/** A locale of the client-facing UI. */
export const locale = oneOf(locales)
/** A text per locale; a missing one falls back to the desk's language, then to any. */
export const localizedText = (maxLength: number) =>
  Type.Unsafe<Partial<Record<(typeof locales)[number], string>>>({
    type: 'object',
    properties: Object.fromEntries(locales.map((name) => [name, { type: 'string', maxLength }])),
    additionalProperties: false,
    description: 'Text per locale',
  })

/** Where a page ended; opaque. */
export const cursor = Type.String({ minLength: 1, maxLength: 200, pattern: '^[A-Za-z0-9_.-]+$' })
/** How many items a page has at most (a query member, so it comes as text). */
export const limit = (maximum: number) =>
  Type.Unsafe<number | string>({
    type: 'string',
    pattern: '^[0-9]{1,4}$',
    description: `1 to ${maximum}; more is cut to ${maximum}`,
  })
/** A position in the event log as a query member. */
export const seqText = Type.String({ pattern: '^[0-9]{1,15}$' })

export const problem = object(
  {
    type: Type.String(),
    title: Type.String(),
    status: Type.Integer(),
    code: Type.String({ description: 'Stable machine-readable name of the error' }),
    detail: optional(Type.String()),
    instance: optional(Type.String({ description: "The request's id" })),
    reason: optional(Type.String()),
    retryAfter: optional(Type.Integer({ description: 'Seconds to wait' })),
    errors: optional(Type.Array(object({ pointer: Type.String(), detail: Type.String() }))),
  },
  { $id: 'Problem', description: 'RFC 9457 problem details' },
)

/** Nothing is answered (204). */
export const nothing = Type.Null()

export type { Static, TSchema }
export { Type }

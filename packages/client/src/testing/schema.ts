import { checkText, type FieldError, HelpdeskError, isEmail } from '@helpdesk/core'

type TypeName = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean' | 'null'

/** The part of JSON Schema that the contract is written in. */
export interface Schema {
  type?: TypeName | readonly TypeName[]
  properties?: Record<string, Schema>
  required?: readonly string[]
  additionalProperties?: false
  items?: Schema
  maxItems?: number
  uniqueItems?: boolean
  anyOf?: readonly Schema[]
  enum?: readonly unknown[]
  const?: unknown
  pattern?: string
  format?: string
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  $id?: string
  description?: string
}

/** Every keyword that {@link findErrors} looks at or may overlook; a test keeps the contract within it. */
export const knownKeywords: ReadonlySet<string> = new Set<keyof Schema>([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'maxItems',
  'uniqueItems',
  'anyOf',
  'enum',
  'const',
  'pattern',
  'format',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  '$id',
  'description',
])

const formats: Record<string, (value: string) => boolean> = {
  'email-address': isEmail,
  'date-time': (value) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(value) && !Number.isNaN(Date.parse(value)),
}

/**
 * What is wrong with a value, field by field; nothing when it fits the schema. It is written for the contract
 * instead of taken from a library, so that whoever tests against the SDK loads no validator.
 * @param pointer where the value stands, as `/body`
 */
export function findErrors(schema: Schema, value: unknown, pointer: string): FieldError[] {
  const refuse = (detail: string): FieldError[] => [{ pointer, detail }]
  if (schema.anyOf) {
    const found = schema.anyOf.map((one) => findErrors(one, value, pointer))
    if (found.some((errors) => errors.length === 0)) return []
    // The alternative that came furthest explains best: its errors lie deepest.
    return found.reduce((best, errors) => (depth(errors) > depth(best) ? errors : best))
  }
  const types = typeof schema.type === 'string' ? [schema.type] : (schema.type ?? [])
  if (types.length && !types.some((type) => hasType(value, type))) {
    return refuse(`must be ${types.map(article).join(' or ')}`)
  }
  if (schema.enum && !schema.enum.includes(value)) return refuse(`must be one of ${schema.enum.join(', ')}`)
  if ('const' in schema && value !== schema.const) return refuse(`must be ${String(schema.const)}`)
  if (typeof value === 'string') return textErrors(schema, value).flatMap(refuse)
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? -Infinity)) return refuse(`must be at least ${schema.minimum}`)
    if (value > (schema.maximum ?? Infinity)) return refuse(`must be at most ${schema.maximum}`)
  }
  if (Array.isArray(value)) return arrayErrors(schema, value, pointer)
  return typeof value === 'object' && value !== null ? objectErrors(schema, value, pointer) : []
}

/** Refuses a request for what is wrong with it, in the server's words. */
export function refusal(errors: FieldError[]): HelpdeskError {
  const names = errors.map(({ pointer }) => pointer.replace(/^\/(body|query|params)\/?/, ''))
  return new HelpdeskError('validation_failed', { detail: `Check ${names.join(', ')}`, errors })
}

function textErrors(schema: Schema, value: string): string[] {
  const length = [...value].length
  if (length < (schema.minLength ?? 0)) return [`must have at least ${schema.minLength} characters`]
  if (length > (schema.maxLength ?? Infinity)) return [`must have at most ${schema.maxLength} characters`]
  if (schema.pattern && !new RegExp(schema.pattern, 'u').test(value)) return [`must match ${schema.pattern}`]
  if (schema.format && !formats[schema.format]?.(value)) return [`must be a valid ${schema.format}`]
  return checkText(value) === null ? [] : ['must be well-formed text']
}

function arrayErrors(schema: Schema, value: unknown[], pointer: string): FieldError[] {
  if (value.length > (schema.maxItems ?? Infinity)) {
    return [{ pointer, detail: `must have at most ${schema.maxItems} items` }]
  }
  if (schema.uniqueItems && new Set(value.map((item) => JSON.stringify(item))).size < value.length) {
    return [{ pointer, detail: 'must not have the same item twice' }]
  }
  const { items } = schema
  return items ? value.flatMap((item, index) => findErrors(items, item, `${pointer}/${index}`)) : []
}

function objectErrors(schema: Schema, value: object, pointer: string): FieldError[] {
  const { properties = {}, required = [] } = schema
  const missing = required
    .filter((name) => !Object.hasOwn(value, name))
    .map((name) => ({ pointer: `${pointer}/${name}`, detail: 'is required' }))
  const wrong = Object.entries(value).flatMap(([name, member]) => {
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (known) return findErrors(known, member, at)
    return schema.additionalProperties === false ? [{ pointer: at, detail: 'is not known here' }] : []
  })
  return [...missing, ...wrong]
}

function hasType(value: unknown, type: TypeName): boolean {
  if (type === 'null') return value === null
  if (type === 'array') return Array.isArray(value)
  if (type === 'integer') return Number.isInteger(value)
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value)
  return typeof value === type
}

function article(type: string): string {
  return type === 'null' ? 'null' : `${/^[aio]/.test(type) ? 'an' : 'a'} ${type}`
}

function depth(errors: FieldError[]): number {
  return Math.max(...errors.map(({ pointer }) => pointer.split('/').length))
}

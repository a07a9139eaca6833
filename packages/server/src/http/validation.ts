import { checkText, type FieldError, HelpdeskError, isEmail } from '@helpdesk/core'
import { Ajv, type ErrorObject } from 'ajv'
import formats from 'ajv-formats'
import type { TSchema } from 'typebox'

/** Deeper input than any contract has; refused before anything recursive looks at it. */
const maxDepth = 16

// Nothing is coerced, defaulted or dropped: what does not fit the contract is refused and named.
const ajv = new Ajv({
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: false,
  allErrors: true,
  strict: false,
})
;(formats as unknown as (instance: Ajv, list: string[]) => void)(ajv, ['date-time'])
ajv.addFormat('email-address', { type: 'string', validate: isEmail })

/** Checks one part of a request. @throws HelpdeskError validation_failed, with a pointer for every field */
export type Check = (value: unknown) => void

/**
 * A check of one part of a request against its schema.
 * @param part names the part in the pointers: `/body/email`
 */
export function compileCheck(part: 'body' | 'query' | 'params', schema: TSchema): Check {
  const validate = ajv.compile(withoutIds(schema) as object)
  return (value) => {
    const found = textErrors(value, `/${part}`)
    if (found.length > 0) throw refusal(found)
    if (validate(value)) return
    const errors = (validate.errors ?? []).map((error) => fieldError(error, part))
    throw refusal(unique(errors))
  }
}

function refusal(errors: FieldError[]): HelpdeskError {
  const names = errors
    .slice(0, 5)
    .map((error) => error.pointer.replace(/^\/(body|query|params)\/?/, '') || error.pointer.slice(1))
  return new HelpdeskError('validation_failed', {
    detail: `Check ${names.join(', ')}`,
    errors: errors.slice(0, 20),
  })
}

function fieldError(error: ErrorObject, part: string): FieldError {
  const base = `/${part}${error.instancePath}`
  if (error.keyword === 'required') {
    return { pointer: `${base}/${escapePointer(error.params.missingProperty)}`, detail: 'is required' }
  }
  if (error.keyword === 'additionalProperties') {
    return {
      pointer: `${base}/${escapePointer(error.params.additionalProperty)}`,
      detail: 'is not known here',
    }
  }
  return { pointer: base, detail: describe(error) }
}

function describe(error: ErrorObject): string {
  switch (error.keyword) {
    case 'type':
      return `must be ${[error.params.type].flat().join(' or ')}`
    case 'enum':
      return `must be one of ${error.params.allowedValues.join(', ')}`
    case 'minLength':
      return error.params.limit === 1
        ? 'must not be empty'
        : `must have at least ${error.params.limit} characters`
    case 'maxLength':
      return `must have at most ${error.params.limit} characters`
    case 'format':
      return error.params.format === 'email-address'
        ? 'must be one e-mail address'
        : `must be a ${error.params.format}`
    case 'pattern':
      return error.params.pattern === '\\S' ? 'must not be blank' : 'has the wrong form'
    default:
      return error.message ?? 'is not valid'
  }
}

/** NUL and lone surrogates, anywhere in names or values: the database would refuse or silently change them. */
function textErrors(value: unknown, pointer: string, depth = 0): FieldError[] {
  if (typeof value === 'string') {
    const problem = checkText(value)
    if (problem === 'nul') return [{ pointer, detail: 'must not contain the NUL character' }]
    return problem === null ? [] : [{ pointer, detail: 'must be well-formed Unicode' }]
  }
  if (typeof value !== 'object' || value === null) return []
  if (depth >= maxDepth) return [{ pointer, detail: `is nested deeper than ${maxDepth} levels` }]
  const found: FieldError[] = []
  for (const [key, member] of Object.entries(value)) {
    if (checkText(key) !== null) found.push({ pointer, detail: 'has a member whose name is not valid text' })
    found.push(...textErrors(member, `${pointer}/${escapePointer(key)}`, depth + 1))
    if (found.length >= 20) break
  }
  return found
}

const escapePointer = (name: string) => name.slice(0, 100).replace(/~/g, '~0').replace(/\//g, '~1')

function unique(errors: FieldError[]): FieldError[] {
  const seen = new Set<string>()
  return errors.filter(({ pointer }) => !seen.has(pointer) && seen.add(pointer))
}

/**
 * A plain copy without `$id`: the names are for OpenAPI, and a compiler that meets one twice refuses it.
 */
export function withoutIds(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(withoutIds)
  if (typeof schema !== 'object' || schema === null) return schema
  return Object.fromEntries(
    Object.entries(schema).flatMap(([key, value]) =>
      key === '$id' && typeof value === 'string' ? [] : [[key, withoutIds(value)]],
    ),
  )
}

import { expect, test } from 'vitest'
import { ApiError, isApiError } from './error.ts'

const problem = {
  type: 'urn:helpdesk:error:validation_failed',
  title: 'The request is not valid',
  status: 400,
  code: 'validation_failed',
  instance: 'req-7',
  errors: [{ pointer: '/body/email', detail: 'is required' }],
} as const

test('a message says what was asked, what came back and why', () => {
  const error = new ApiError('validation_failed', {
    line: 'POST /api/x',
    status: 400,
    problem: { ...problem, errors: [...problem.errors] },
  })
  expect(error.message).toBe('POST /api/x: 400 validation_failed – The request is not valid')
  expect(error.fields).toEqual({ '/body/email': 'is required' })
  expect(error.requestId).toBe('req-7')
  expect(error.name).toBe('ApiError')
})

test.each([
  ['network', 'GET /api/x: network – no connection'],
  ['timeout', 'GET /api/x: timeout – no answer in time'],
  ['aborted', 'GET /api/x: aborted'],
  ['unexpected', 'GET /api/x: unexpected – not an answer of the desk'],
] as const)('without an answer, %s reads well too', (code, message) => {
  const error = new ApiError(code, { line: 'GET /api/x' })
  expect(error.message).toBe(message)
  expect(error).toMatchObject({
    status: 0,
    problem: undefined,
    requestId: undefined,
    retryAfter: undefined,
    fields: {},
  })
})

test('the detail of a problem is preferred to its title', () => {
  const error = new ApiError('not_found', {
    problem: { ...problem, errors: [], code: 'not_found', detail: 'No such desk' },
  })
  expect(error.message).toBe('not_found – No such desk')
})

test('an error is recognised by its brand, also one of another copy of the package', () => {
  expect(isApiError(new ApiError('network'))).toBe(true)
  expect(isApiError({ [Symbol.for('@helpdesk/client/ApiError')]: true })).toBe(true)
  expect(
    [new Error('network'), { code: 'network' }, null, undefined, 'network', () => 0].filter(isApiError),
  ).toEqual([])
})

test('the brand does not show when an error is listed or serialised', () => {
  expect(Object.getOwnPropertySymbols({ ...new ApiError('network') })).toEqual([])
})

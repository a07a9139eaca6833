import { describe, expect, test } from 'vitest'
import { automaticReason, isSameAddress, numberInSubject, readEmailCommands } from './index.ts'

const headers = (fields: Record<string, string>) => new Map(Object.entries(fields))

describe('an e-mail of a program', () => {
  test.each([
    [{ 'auto-submitted': 'auto-replied' }, null, 'auto_submitted'],
    [{ 'auto-submitted': 'auto-generated; owner-email="x"' }, null, 'auto_submitted'],
    [{ 'auto-submitted': 'No' }, null, null],
    [{ 'x-autoreply': '' }, null, 'auto_submitted'],
    [{ 'x-autorespond': 'Out of office' }, null, 'auto_submitted'],
    [{ precedence: 'Bulk' }, null, 'bulk'],
    [{ precedence: 'auto_reply' }, null, 'bulk'],
    [{ precedence: 'first-class' }, null, null],
    [{ 'list-id': '<list.example>' }, null, 'bulk'],
    [{ 'list-unsubscribe': '<mailto:x@y.example>' }, null, 'bulk'],
    [{ 'content-type': 'multipart/report; report-type=delivery-status' }, null, 'bounce'],
    [{ 'return-path': '<>' }, null, 'null_return_path'],
    [{ 'return-path': '<>' }, 'jan@home.example', null],
    [{ 'return-path': '<jan@home.example>' }, '', 'null_return_path'],
    [{ from: 'Mail Delivery System <MAILER-DAEMON@mx.example>' }, null, 'bounce'],
    [{ from: 'postmaster@mx.example' }, null, 'bounce'],
    [{ from: 'Jan <jan@home.example>', subject: 'Out of office?' }, 'jan@home.example', null],
    [{}, null, null],
  ])('%j with the return path %j: %j', (fields, path, reason) =>
    expect(automaticReason(headers(fields as Record<string, string>), path)).toBe(reason),
  )
})

test.each([
  ['Re: Your order (2647-12)', '2647-12'],
  ['AW: (see below) Frage (2647-1)', '2647-1'],
  ['Help with #2647-3, please', '2647-3'],
  ['Hello (two words)', null],
  ['', null],
])('the number in %j is %j', (subject, number) => expect(numberInSubject(subject)).toBe(number))

test('addresses are one however they are written, and nothing is not an address', () => {
  expect(isSameAddress(' Jan@Home.Example ', 'jan@home.example')).toBe(true)
  expect(isSameAddress('jan@home.example', 'jan@home.example.evil.example')).toBe(false)
  expect(isSameAddress('nothing', 'nothing')).toBe(false)
  expect(isSameAddress(null, null)).toBe(false)
})

describe('commands', () => {
  test.each([
    ['#resolve\n\nDone!', { resolve: true, note: false, take: false, text: 'Done!' }],
    ['\n #Take \n#NOTE\nFor us', { resolve: false, note: true, take: true, text: 'For us' }],
    ['Hello\n#resolve', { resolve: false, note: false, take: false, text: 'Hello\n#resolve' }],
    ['#resolve it for me', { resolve: false, note: false, take: false, text: '#resolve it for me' }],
    ['#delete\nx', { resolve: false, note: false, take: false, text: '#delete\nx' }],
    ['#resolve', { resolve: true, note: false, take: false, text: '' }],
  ])('in %j', (text, found) => expect(readEmailCommands(text)).toEqual(found))
})

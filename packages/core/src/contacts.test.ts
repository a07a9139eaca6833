import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkText,
  cleanName,
  cutText,
  decideMerge,
  isEmail,
  type MergeContact,
  type MergeDecision,
  type MergeProof,
  normalizeEmail,
} from './contacts.ts'

/** Any UTF-16 code units, half pairs included. */
const utf16 = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes))

describe('A32: checkText', () => {
  it.each([
    ['', null],
    ['Zażółć 🐙\n\t', null],
    ['\ufffd\ufffe', null],
    ['a\0', 'nul'],
    ['\ud800', 'ill_formed'],
    ['a\udc00b', 'ill_formed'],
    ['\udc00\ud800', 'ill_formed'],
  ])('A32: %j gives %j', (text, reason) => {
    expect(checkText(text)).toBe(reason)
  })
  it('A32: accepts exactly what survives UTF-8 and has no NUL', () => {
    fc.assert(
      fc.property(utf16, (text) => {
        const survives =
          new TextDecoder('utf-8', { ignoreBOM: true }).decode(new TextEncoder().encode(text)) === text
        expect(checkText(text) === null).toBe(survives && !text.includes('\0'))
      }),
    )
  })
})

describe('cutText', () => {
  it('keeps short text and never splits a pair', () => {
    expect(cutText('abc', 3)).toBe('abc')
    expect(cutText('abcd', 3)).toBe('abc')
    expect(cutText('ab🐙', 3)).toBe('ab')
    expect(cutText('ab🐙c', 4)).toBe('ab🐙')
  })
})

describe('A33: cleanName', () => {
  it.each([
    ['  Jan   Kowalski \n', 'Jan Kowalski'],
    ['Jan\nKowalski', 'Jan Kowalski'],
    ['Jan\u2028Kowalski\u00a0', 'Jan Kowalski'],
    ['Jan\u0007\u0000\u009f', 'Jan'],
    ['\u202egnp.exe', 'gnp.exe'],
    ['\u2066Admin\u2069', 'Admin'],
    ['A\u200bd\u200cm\u200di\u2060n\ufeff\u00ad', 'Admin'],
    ['a\u200e\u200f\u061cb', 'ab'],
    ['a \u200b b', 'a b'],
    ['a\u{e0041}b\ufff9', 'ab'],
    ['a\ud800b', 'ab'],
    ['", <x@y.example>', '", <x@y.example>'],
    ['Žofia O’Neil-Łęcka 李 🐙', 'Žofia O’Neil-Łęcka 李 🐙'],
    ['\u200b\u202e', ''],
    ['x'.repeat(300), 'x'.repeat(200)],
    [`${'x'.repeat(199)} y`, 'x'.repeat(199)],
    ['🐙'.repeat(150), '🐙'.repeat(100)],
    [`x${'🐙'.repeat(150)}`, `x${'🐙'.repeat(99)}`],
  ])('A33: %j becomes %j', (name, clean) => {
    expect(cleanName(name)).toBe(clean)
  })
  it('A33: cleans everything at once', () => {
    fc.assert(
      fc.property(utf16, (name) => {
        const clean = cleanName(name)
        expect(cleanName(clean)).toBe(clean)
        expect(checkText(clean)).toBeNull()
        expect(clean).not.toMatch(/[\p{Cc}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]|^\s|\s$|\s\s/u)
      }),
    )
  })
})

describe('A26: isEmail', () => {
  const good = [
    'a@b.example',
    'user@company.example',
    'first.last+tag@sub.company.example',
    "o'neil_x=1%2@xn--bcher-kva.example",
    'żofia@przykład.example',
    `${'a'.repeat(64)}@b.example`,
    `a@${'b.'.repeat(122)}example`,
    '1@2.com',
  ]
  it.each(good)('A26: accepts %j', (email) => {
    expect(isEmail(email)).toBe(true)
  })
  const bad = [
    '',
    'a',
    '@b.example',
    'a@',
    'a@b',
    'a@localhost',
    'a@b.c',
    'a@b..example',
    'a@.b.example',
    'a@b.example.',
    'a@-b.example',
    'a@b-.example',
    '.a@b.example',
    'a.@b.example',
    'a..b@b.example',
    'a@b@c.example',
    'a b@c.example',
    ' a@b.example',
    'a@b.example ',
    'a@b.example\n',
    'a@b.example\r\nBcc: c@d.example',
    'a\0@b.example',
    'a@b.example,c@d.example',
    'a@b.example;c@d.example',
    'group:a@b.example;',
    '"a b"@c.example',
    '"a@b.example"@c.example',
    'a(comment)@b.example',
    'A <a@b.example>',
    '<a@b.example>',
    'a\\@b.example',
    'a@[127.0.0.1]',
    'a@127.0.0.1',
    'a@b.123',
    'a@b_c.example',
    'a@b.example/x',
    'a@b.example?x',
    'a\u202e@b.example',
    'a\u200b@b.example',
    'a@ｂ.example',
    'a＠b.example',
    'a@b。example',
    '\ud800@b.example',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(123)}example`,
  ]
  it.each(bad)('A26: refuses %j', (email) => {
    expect(isEmail(email)).toBe(false)
  })
  it('A26: takes no time for a very long text', () => {
    const start = performance.now()
    for (const text of ['a', 'a.', 'a@', '@', 'a@b.']) expect(isEmail(text.repeat(1_000_000))).toBe(false)
    expect(performance.now() - start).toBeLessThan(500)
  })
  it('A26: never accepts what could be two addresses or a header', () => {
    const char = fc.oneof(
      fc.constantFrom('a', '@', '.', '-', '"', ',', '<', '>', ' ', '\n', '(', ':'),
      fc.string(),
    )
    fc.assert(
      fc.property(fc.array(char, { maxLength: 12 }), (chars) => {
        const text = `${chars.join('')}@b.example`
        if (isEmail(text)) expect(text).toMatch(/^[^\s@"(),:;<>[\]\\\p{C}]+@b\.example$/u)
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('normalizeEmail', () => {
  it('trims and compares without case', () => {
    expect(normalizeEmail(' John@Company.Example\n')).toBe('john@company.example')
    expect(normalizeEmail('z\u0307ofia@b.example')).toBe('żofia@b.example')
  })
  it('gives null for what is no address', () => {
    expect(normalizeEmail('a@b.example, c@d.example')).toBeNull()
    expect(normalizeEmail('')).toBeNull()
  })
  it('keeps the patterns of SQL as they are', () => {
    expect(normalizeEmail('%@b.example')).toBe('%@b.example')
    expect(normalizeEmail('a_b@b.example')).toBe('a_b@b.example')
  })
})

describe('decideMerge', () => {
  const anonymous: MergeContact = {
    id: 'c1',
    userExternalId: null,
    clientExternalId: null,
    verifiedEmail: null,
  }
  const known: MergeContact = {
    id: 'c2',
    userExternalId: 'USR-456',
    clientExternalId: 'CRM-123',
    verifiedEmail: 'a@b.example',
  }
  const client: MergeContact = { ...known, userExternalId: null, verifiedEmail: null }
  const link: MergeProof = { by: 'email_link', email: 'a@b.example' }
  const no = (because: Extract<MergeDecision, { merge: false }>['because']) => ({ merge: false, because })
  const yes = { merge: true }
  const cases: [
    name: string,
    from: MergeContact,
    into: MergeContact,
    proof: MergeProof | null,
    decision: object,
  ][] = [
    ['without proof', anonymous, known, null, no('no_proof')],
    ['with itself', known, known, link, no('same_contact')],
    ['by a one-time link', anonymous, known, link, yes],
    ['by a reply from the mailbox', anonymous, known, { by: 'mailbox_reply', email: 'a@b.example' }, yes],
    [
      'by a link to another address',
      anonymous,
      known,
      { by: 'email_link', email: 'x@y.example' },
      no('proof_of_another'),
    ],
    [
      'into a contact whose address nobody has proved',
      anonymous,
      { ...known, verifiedEmail: null },
      link,
      no('proof_of_another'),
    ],
    ['by the signed user id', anonymous, known, { by: 'signature', userExternalId: 'USR-456' }, yes],
    [
      'by another signed user id',
      anonymous,
      known,
      { by: 'signature', userExternalId: 'USR-9', email: 'a@b.example' },
      no('proof_of_another'),
    ],
    ['by the signed address', anonymous, known, { by: 'signature', email: 'a@b.example' }, yes],
    [
      'by the signed client into one of its users',
      anonymous,
      known,
      { by: 'signature', clientExternalId: 'CRM-123' },
      no('proof_of_another'),
    ],
    [
      'by the signed client into the client',
      anonymous,
      client,
      { by: 'signature', clientExternalId: 'CRM-123' },
      yes,
    ],
    [
      'by another signed client',
      anonymous,
      client,
      { by: 'signature', clientExternalId: 'CRM-9' },
      no('proof_of_another'),
    ],
    ['by an empty signature', anonymous, client, { by: 'signature' }, no('proof_of_another')],
    ['with the same proved address', { ...anonymous, verifiedEmail: 'a@b.example' }, known, link, yes],
    [
      'with another proved address',
      { ...anonymous, verifiedEmail: 'x@y.example' },
      known,
      link,
      no('conflict'),
    ],
    ['with another user id', { ...anonymous, userExternalId: 'USR-1' }, known, link, no('conflict')],
    ['with another client', { ...anonymous, clientExternalId: 'CRM-1' }, known, link, no('conflict')],
  ]
  it.each(cases)('%s', (_name, from, into, proof, decision) => {
    expect(decideMerge(from, into, proof)).toEqual(decision)
  })
})

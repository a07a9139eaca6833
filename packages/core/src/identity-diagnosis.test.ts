import { describe, expect, it } from 'vitest'
import { signText } from './hmac.ts'
import { signIdentifier, signIdentity } from './identity.ts'
import { diagnoseIdentity } from './identity-diagnosis.ts'

const now = 1_795_000_000
const expires = now + 3_600
const live = { id: 'k1', secret: 'a'.repeat(64) }
const retired = { id: 'k0', secret: 'b'.repeat(64), retiresAt: now - 1 }
const options = { desk: 'acme', keys: [live, retired], now }
const identity = { client_external_id: 'CRM-1', user_email: 'Jan@x.example', user_name: 'Jan' }
const head = ['helpdesk-identity-v2', 'desk=acme', `expires=${expires}`]
const lines = ['client_external_id=CRM-1', 'user_email=Jan@x.example', 'user_name=Jan']
const signed = async (text: string, key = live) =>
  `v2.${key.id}.${expires}.${await signText(key.secret, text)}`
const codes = async (signature: string, page: object = identity) =>
  (await diagnoseIdentity({ identity: page, signature }, options)).hints.map(({ code, attribute }) =>
    attribute ? `${code} ${attribute}` : code,
  )

describe('the signature debugger', () => {
  it('has nothing to say of a right signature', async () => {
    const signature = await signIdentity(identity, {
      desk: 'acme',
      keyId: 'k1',
      secret: live.secret,
      expires,
    })
    expect(await diagnoseIdentity({ identity, signature }, options)).toMatchObject({
      verification: { ok: true, form: 'full' },
      hints: [],
    })
  })

  it.each([
    [
      'an attribute that was not signed',
      [...head, lines[0], lines[1]].join('\n'),
      ['attribute_not_signed user_name'],
    ],
    [
      'two of them',
      [...head, lines[1]].join('\n'),
      ['attribute_not_signed client_external_id', 'attribute_not_signed user_name'],
    ],
    [
      'a value in other letters',
      [...head, lines[0], 'user_email=jan@x.example', lines[2]].join('\n'),
      ['attribute_changed user_email'],
    ],
    [
      'an empty line for an absent attribute',
      [...head, lines[0], 'client_plan=', ...lines.slice(1)].join('\n'),
      ['number_or_empty client_plan'],
    ],
    ['a line break at the end', `${[...head, ...lines].join('\n')}\n`, ['line_ending']],
    ['line breaks of Windows', [...head, ...lines].join('\r\n'), ['line_ending']],
    [
      'milliseconds',
      ['helpdesk-identity-v2', 'desk=acme', `expires=${expires}000`, ...lines].join('\n'),
      ['wrong_expiry'],
    ],
    ['no desk', ['helpdesk-identity-v2', 'desk=', head[2], ...lines].join('\n'), ['wrong_desk']],
    ['JSON', JSON.stringify(identity), ['signed_as_json']],
  ])('finds %s', async (_, text, expected) => {
    expect(await codes(await signed(text))).toEqual(expected)
  })

  it('tells a wrong key from a retired and an unknown one', async () => {
    const text = [...head, ...lines].join('\n')
    expect(await codes(await signed(text, retired))).toEqual(['retired_key'])
    expect(await codes(`v2.k1.${expires}.${await signText(retired.secret, text)}`)).toEqual([
      'wrong_key',
      'retired_key',
    ])
    expect(await codes(`v2.k9.${expires}.${'0'.repeat(64)}`)).toEqual(['wrong_key'])
    expect(await codes(`v2.k1.${expires}.${'0'.repeat(64)}`)).toEqual(['wrong_key'])
  })

  it('looks at the form before anything else', async () => {
    expect(await codes('A'.repeat(64))).toEqual(['wrong_case'])
    expect(await codes(`v2.k1.${expires}.${'A'.repeat(43)}=`)).toEqual(['not_hex'])
    expect(await codes('nonsense')).toEqual(['not_hex'])
    expect(await codes(`v2.k1.${now - 100}.${'0'.repeat(64)}`)).toEqual(['wrong_expiry'])
    expect(await codes(`v2.k1.${now}000.${'0'.repeat(64)}`)).toEqual(['wrong_expiry'])
  })

  it('finds the identifier that the short form should have signed', async () => {
    const signature = await signIdentifier({ user_email: 'Jan@x.example' }, live.secret)
    expect(await codes(signature)).toEqual(['other_identifier client_external_id'])
  })

  it('names attributes that do not exist, and what is wrong with a token', async () => {
    const signature = await signIdentity(identity, {
      desk: 'acme',
      keyId: 'k1',
      secret: live.secret,
      expires,
    })
    expect(await codes(signature, { ...identity, user_mail: 'x' })).toEqual(['unknown_attribute user_mail'])
    const long = `${'a'.repeat(59)}🐙`
    expect(await codes(signature, { ...identity, [long]: 'x' })).toEqual([
      `unknown_attribute ${'a'.repeat(59)}`,
    ])
    const part = (value: object) => btoa(JSON.stringify(value)).replaceAll('=', '')
    const identityToken = `${part({ alg: 'none', kid: 'k9' })}.${part({ aud: 'other', exp: now * 1000 })}.${'A'.repeat(43)}`
    const { hints, verification } = await diagnoseIdentity({ identityToken }, options)
    expect(verification.ok).toBe(false)
    expect(hints.map(({ code }) => code)).toEqual([
      'signed_as_json',
      'wrong_key',
      'wrong_desk',
      'wrong_expiry',
    ])
  })

  it('A11: never tells a secret or the right digits', async () => {
    const text = [...head, ...lines].join('\n')
    const right = await signText(live.secret, text)
    for (const signature of [await signed(`${text}\n`), `v2.k1.${expires}.${'0'.repeat(64)}`, right]) {
      const answer = JSON.stringify(await diagnoseIdentity({ identity, signature }, options))
      expect(answer).not.toContain(live.secret)
      expect(answer).not.toContain(right)
    }
  })
})

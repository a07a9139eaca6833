import { describe, expect, test } from 'vitest'
import { readPaste } from './read-paste.ts'

describe('a pasted identity', () => {
  test('is read as JSON, numbers and text apart', () => {
    expect(
      readPaste('{"user_external_id": 42, "user_name": "Ann \\"A\\" Lee", "signature": "v2.x"}'),
    ).toEqual({
      identity: { user_external_id: 42, user_name: 'Ann "A" Lee' },
      signature: 'v2.x',
      identityToken: null,
      desk: null,
      wrongTypes: [],
      unknown: [],
    })
    expect(readPaste('{"identity": {"user_email": "a@b.example"}}').identity).toEqual({
      user_email: 'a@b.example',
    })
  })

  test('is read from a script tag', () => {
    const tag = `<script src="https://desk.example/widget.js" data-helpdesk-id="acme"
      data-email='a@b.example' data-client-name="A &amp; B &#39;C&#39;" data-signature="abc"></script>`
    const { identity, signature, desk } = readPaste(tag)
    expect(identity).toEqual({ user_email: 'a@b.example', client_name: "A & B 'C'" })
    expect([signature, desk]).toEqual(['abc', 'acme'])
  })

  test('is read from an object, without what is commented out', () => {
    const code = `var HelpdeskWidget = {
      account_url: "https://desk.example", desk_token: "acme",
      user_name: 'O\\'Neil "Tip"', user_external_id: 7,
      // user_email: "old@b.example",
      "client_url": "https://x.example/?a=1", signature: 'abc',
    }`
    expect(readPaste(code)).toMatchObject({
      identity: { user_name: 'O\'Neil "Tip"', user_external_id: 7, client_url: 'https://x.example/?a=1' },
      signature: 'abc',
      desk: 'acme',
    })
    expect(readPaste('<!-- data-email="a@b.example" -->').identity).toEqual({})
  })

  test('names what cannot be signed and what is no attribute', () => {
    const { identity, wrongTypes, unknown } = readPaste(
      '{"user_email": null, "user_name": true, "user_role": "boss", "client_id": 5, "locale": "en"}',
    )
    expect(identity).toEqual({})
    expect(wrongTypes).toEqual(['user_email', 'user_name'])
    expect(unknown).toEqual(['user_role', 'client_id'])
  })

  test.each(['', 'Hello', '[]', '"text"', '42', '{', 'data-email=', "data-email='"])(
    '%j is nothing',
    (text) => {
      expect(readPaste(text)).toMatchObject({ identity: {}, signature: null })
    },
  )
})

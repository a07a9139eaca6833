import { replyAddress, replyTokenOf } from '@helpdesk/core'
import { describe, expect, test } from 'vitest'
import { createVault } from '../secrets/vault.ts'
import { readReplyToken, replyToken } from './reply-tokens.ts'

const deps = { vault: createVault(new Uint8Array(32).fill(7)) }
const id = '0198f3a2-1b5c-4c1d-8e2f-ffeeddccbbaa'

describe('the token of a reply address', () => {
  test('brings the notification back, also in capitals', () => {
    const token = replyToken(deps, id)
    expect(token).toMatch(/^[a-z2-7]{42}$/)
    expect(readReplyToken(deps, token)).toBe(id)
    const address = replyAddress('support@shop.example', token)
    expect(address).toBe(`support+${token}@shop.example`)
    expect(replyTokenOf(address.toUpperCase())).toBe(token)
  })

  test('is worth nothing when a single character of it is another', () => {
    const token = replyToken(deps, id)
    for (let place = 0; place < token.length; place++) {
      for (const other of 'abcdefghijklmnopqrstuvwxyz234567') {
        if (other === token[place]) continue
        const changed = token.slice(0, place) + other + token.slice(place + 1)
        expect(readReplyToken(deps, changed)).toBe(null)
      }
    }
  })

  test('of another installation is worth nothing here', () => {
    const other = { vault: createVault(new Uint8Array(32).fill(8)) }
    expect(readReplyToken(deps, replyToken(other, id))).toBe(null)
  })

  test.each(['support@shop.example', 'support+@shop.example', 'support+abc@shop.example', '+', '', '@'])(
    'is not in %j',
    (address) => expect(replyTokenOf(address)).toBe(null),
  )
})

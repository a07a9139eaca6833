import { randomFillSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { randomSource, uuidv7 } from './ids.ts'

describe('randomSource', () => {
  it('gives every byte once, in order, and keeps none of them', () => {
    let next = 0
    const pools: Uint8Array[] = []
    const source = randomSource((bytes) => {
      pools.push(bytes)
      for (let i = 0; i < bytes.length; i++) bytes[i] = ++next % 256
    }, 8)
    expect([...source(3), ...source(5), ...source(8)]).toEqual(
      Array.from({ length: 16 }, (_, index) => index + 1),
    )
    expect([...(pools[0] ?? [])]).toEqual(Array(8).fill(0))
  })

  it('does not split what the pool no longer has whole, and draws more than a pool at once', () => {
    let calls = 0
    const source = randomSource((bytes) => bytes.fill(++calls), 8)
    expect([...source(6)]).toEqual(Array(6).fill(1))
    expect([...source(6)]).toEqual(Array(6).fill(2))
    expect(source(20)).toHaveLength(20)
  })

  it('makes ids that differ and sort by time', () => {
    const source = randomSource(randomFillSync)
    const ids = Array.from({ length: 10_000 }, (_, index) =>
      uuidv7(new Date(1_800_000_000_000 + index), source(16)),
    )
    expect(new Set(ids).size).toBe(ids.length)
    expect([...ids].sort()).toEqual(ids)
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })
})

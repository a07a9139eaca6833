import sharp from 'sharp'
import { describe, expect, test } from 'vitest'
import { headBytes } from './content.ts'
import { dimensionsOf } from './dimensions.ts'

const image = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 4, background: '#4a7c' } })
const made: [string, string, (width: number, height: number) => Promise<Buffer>][] = [
  ['PNG', 'image/png', (w, h) => image(w, h).png().toBuffer()],
  ['JPEG', 'image/jpeg', (w, h) => image(w, h).jpeg().toBuffer()],
  ['progressive JPEG', 'image/jpeg', (w, h) => image(w, h).jpeg({ progressive: true }).toBuffer()],
  ['GIF', 'image/gif', (w, h) => image(w, h).gif().toBuffer()],
  ['WebP', 'image/webp', (w, h) => image(w, h).flatten().webp().toBuffer()],
  ['lossless WebP', 'image/webp', (w, h) => image(w, h).webp({ lossless: true }).toBuffer()],
  ['WebP with transparency', 'image/webp', (w, h) => image(w, h).webp({ alphaQuality: 50 }).toBuffer()],
  ['AVIF', 'image/avif', (w, h) => image(w, h).avif({ effort: 0 }).toBuffer()],
]

describe('the size of an image', () => {
  test.each(made)('of type %s is read from its first bytes', async (_name, type, make) => {
    for (const [width, height] of [
      [1, 1],
      [255, 256],
      [1000, 3],
    ] as const) {
      const head = (await make(width, height)).subarray(0, headBytes)
      expect(dimensionsOf(type, head)).toEqual({ width, height })
    }
  })

  test.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'is that of the upright picture, with orientation %d',
    async (orientation) => {
      const turned = orientation >= 5
      const size = turned ? { width: 20, height: 30 } : { width: 30, height: 20 }
      for (const source of [
        image(30, 20).withMetadata({ orientation }),
        image(30, 20)
          .withExif({ IFD0: { Copyright: 'x' } })
          .withMetadata({ orientation }),
      ]) {
        expect(dimensionsOf('image/jpeg', await source.jpeg().toBuffer())).toEqual(size)
      }
    },
  )

  test.each(made)('of a broken %s is null or a number, wherever it breaks off', async (_name, type, make) => {
    const whole = await make(40, 30)
    for (let length = 0; length < Math.min(whole.length, 600); length++) {
      const found = dimensionsOf(type, whole.subarray(0, length))
      expect(found === null || (found.width > 0 && found.height > 0), String(length)).toBe(true)
    }
    for (let at = 0; at < Math.min(whole.length, 300); at++) {
      for (const value of [0, 0xff]) {
        const changed = Buffer.from(whole)
        changed[at] = value
        const found = dimensionsOf(type, changed)
        expect(found === null || (found.width <= 1_000_000 && found.height <= 1_000_000)).toBe(true)
      }
    }
  })

  test('of anything else is null', () => {
    expect(dimensionsOf('application/pdf', Buffer.from('%PDF-1.7'))).toBeNull()
    expect(dimensionsOf('image/jpeg', Buffer.alloc(headBytes, 0xff))).toBeNull()
  })
})

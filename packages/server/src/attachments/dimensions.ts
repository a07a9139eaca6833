/** Width and height of an image in pixels, as it is shown. */
export interface Dimensions {
  width: number
  height: number
}

/**
 * Reads the size of an image from its first bytes.
 * @returns null when they do not say
 */
export function dimensionsOf(type: string, head: Uint8Array): Dimensions | null {
  const bytes = new DataView(head.buffer, head.byteOffset, head.byteLength)
  try {
    const found = readers[type]?.(bytes) ?? null
    return found && isSane(found.width) && isSane(found.height) ? found : null
  } catch (error) {
    // A header that ends early or points beyond the end; the file may still be shown.
    if (error instanceof RangeError) return null
    throw error
  }
}

/** More pixels than that are not an image but an attempt at something. */
const isSane = (pixels: number) => pixels > 0 && pixels <= 1_000_000

const readers: Readonly<Record<string, (bytes: DataView) => Dimensions | null>> = {
  'image/png': (bytes) => ({ width: bytes.getUint32(16), height: bytes.getUint32(20) }),
  'image/gif': (bytes) => ({ width: bytes.getUint16(6, true), height: bytes.getUint16(8, true) }),
  'image/jpeg': readJpeg,
  'image/webp': readWebp,
  'image/avif': readAvif,
}

function readJpeg(bytes: DataView): Dimensions | null {
  let turned = false
  for (let at = 2; ; ) {
    if (bytes.getUint8(at) !== 0xff) return null
    const marker = bytes.getUint8(at + 1)
    // Fill bytes may stand between segments.
    if (marker === 0xff) {
      at += 1
      continue
    }
    if (isFrame(marker)) {
      const [height, width] = [bytes.getUint16(at + 5), bytes.getUint16(at + 7)]
      return turned ? { width: height, height: width } : { width, height }
    }
    if (marker === 0xe1) turned ||= isTurned(bytes, at + 4)
    at += 2 + Math.max(2, bytes.getUint16(at + 2))
  }
}

/** Start of frame: C0 to CF without the tables that lie among them. */
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/** Whether Exif says that the picture lies on its side (orientations 5 to 8). */
function isTurned(bytes: DataView, start: number): boolean {
  if (bytes.getUint32(start) !== 0x45786966) return false
  const tiff = start + 6
  const little = bytes.getUint16(tiff) === 0x4949
  const directory = tiff + bytes.getUint32(tiff + 4, little)
  const entries = bytes.getUint16(directory, little)
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + i * 12
    if (bytes.getUint16(entry, little) === 0x0112) return bytes.getUint16(entry + 8, little) >= 5
  }
  return false
}

function readWebp(bytes: DataView): Dimensions | null {
  switch (bytes.getUint32(12)) {
    case 0x56503820: // 'VP8 '
      return { width: bytes.getUint16(26, true) & 0x3fff, height: bytes.getUint16(28, true) & 0x3fff }
    case 0x5650384c: {
      // 'VP8L': 14 bits each
      const packed = bytes.getUint32(21, true)
      return { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
    }
    case 0x56503858: // 'VP8X': 24 bits each
      return { width: uint24(bytes, 24) + 1, height: uint24(bytes, 27) + 1 }
    default:
      return null
  }
}

const uint24 = (bytes: DataView, at: number) => bytes.getUint16(at, true) | (bytes.getUint8(at + 2) << 16)

/** The largest `ispe` property: smaller ones are tiles and thumbnails. */
function readAvif(bytes: DataView): Dimensions | null {
  let largest: Dimensions | null = null
  const last = Math.min(bytes.byteLength, 4096) - 16
  for (let at = 0; at <= last; at++) {
    if (bytes.getUint32(at) !== 0x69737065) continue
    const [width, height] = [bytes.getUint32(at + 8), bytes.getUint32(at + 12)]
    if (!largest || width * height > largest.width * largest.height) largest = { width, height }
  }
  return largest
}

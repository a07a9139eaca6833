/**
 * Random bytes, drawn from the system many at a time: a call for each id costs more than the rest of the id. No byte is
 * given out twice, and none is kept after it was.
 */
export function randomSource(
  fill: (bytes: Uint8Array) => void,
  poolSize = 4_096,
): (size: number) => Uint8Array {
  const pool = new Uint8Array(poolSize)
  let used = poolSize
  return (size) => {
    const bytes = new Uint8Array(size)
    if (size > poolSize) {
      fill(bytes)
      return bytes
    }
    if (used + size > poolSize) {
      fill(pool)
      used = 0
    }
    bytes.set(pool.subarray(used, used + size))
    pool.fill(0, used, used + size)
    used += size
    return bytes
  }
}

/**
 * A UUIDv7: 48 bits of milliseconds, then random bits, so that rows made together lie together in an index.
 * (PostgreSQL makes them itself only from version 18 on.)
 */
export function uuidv7(now: Date, random: Uint8Array): string {
  const bytes = new Uint8Array(16)
  bytes.set(random.subarray(0, 16))
  const time = now.getTime()
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(time / 2 ** (40 - 8 * i)) % 256
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
  return uuidOf(bytes)
}

/** The 16 bytes of a UUID. */
export const uuidBytes = (uuid: string): Uint8Array => Buffer.from(uuid.replaceAll('-', ''), 'hex')

/** The UUID of 16 bytes. */
export function uuidOf(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

/** A file of an archive. */
export interface ZipFile {
  path: string
  content: string
}

const utf8Names = 0x0800
const version = 20

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

/** The check sum that archives carry of each file. */
export function crc32(bytes: Uint8Array): number {
  let value = 0xffffffff
  for (const byte of bytes) value = (crcTable[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8)
  return (value ^ 0xffffffff) >>> 0
}

/** An archive of texts, stored as they are: text files are small, and every system can open it. */
export function makeZip(files: readonly ZipFile[], at: Date = new Date()): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder()
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const file of files) {
    const [name, content] = [encoder.encode(file.path), encoder.encode(file.content)]
    const known = [
      ...u16(version),
      ...u16(utf8Names),
      ...u16(0),
      ...dosTime(at),
      ...u32(crc32(content)),
      ...u32(content.length),
      ...u32(content.length),
      ...u16(name.length),
      ...u16(0),
    ]
    const head = Uint8Array.from([...u32(0x04034b50), ...known])
    parts.push(head, name, content)
    directory.push(
      Uint8Array.from([
        ...u32(0x02014b50),
        ...u16(version),
        ...known,
        ...[...u16(0), ...u16(0), ...u16(0), ...u32(0), ...u32(offset)],
      ]),
      name,
    )
    offset += head.length + name.length + content.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const count = u16(files.length)
  const end = [
    ...u32(0x06054b50),
    ...u16(0),
    ...u16(0),
    ...count,
    ...count,
    ...u32(size),
    ...u32(offset),
    ...u16(0),
  ]
  return joined([...parts, ...directory, Uint8Array.from(end)])
}

const u16 = (value: number) => [value & 0xff, (value >>> 8) & 0xff]
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)]

/** Time and date as MS-DOS counted them, in steps of two seconds from 1980 on. */
function dosTime(at: Date): number[] {
  const time = (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1)
  const date = ((at.getFullYear() - 1980) << 9) | ((at.getMonth() + 1) << 5) | at.getDate()
  return [...u16(time), ...u16(date)]
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

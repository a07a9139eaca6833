import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  attachmentEndings,
  attachmentTypes,
  checkAttachment,
  cleanFileName,
  imageTypeOf,
  inlineImageTypes,
  isInlineImage,
  mediaType,
  mediaTypeOf,
} from './attachments.ts'
import { limits } from './limits.ts'

/** Any UTF-16 code units, half pairs included. */
const utf16 = fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes))

describe('A35: checkAttachment', () => {
  it('A35: accepts 10 MiB and not one byte more', () => {
    expect(limits.attachmentBytes).toBe(10_485_760)
    expect(checkAttachment({ bytes: 10_485_760, type: 'image/png' })).toBeNull()
    expect(checkAttachment({ bytes: 10_485_761, type: 'image/png' })).toBe('too_large')
    expect(checkAttachment({ bytes: Number.NaN, type: 'image/png' })).toBe('too_large')
    expect(checkAttachment({ bytes: 0, type: 'image/png' })).toBe('empty')
  })
  it.each(['text/html', 'application/x-msdownload', 'application/javascript', '', 'image/*', '__proto__'])(
    'A36: refuses %j',
    (type) => {
      expect(checkAttachment({ bytes: 1, type })).toBe('type_not_allowed')
    },
  )
  it.each(attachmentTypes)('accepts %s', (type) => {
    expect(checkAttachment({ bytes: 1, type: `${type.toUpperCase()}; charset=utf-8` })).toBeNull()
  })
})

describe('media types', () => {
  it('lose their parameters', () => {
    expect(mediaType('Text/Plain ; charset=utf-8')).toBe('text/plain')
    expect(mediaType('')).toBe('')
  })
  it('follow from the ending of a name', () => {
    expect(mediaTypeOf('server.LOG')).toBe('text/plain')
    expect(mediaTypeOf('a.tar.gz')).toBe('application/gzip')
    expect(mediaTypeOf('a.exe')).toBeNull()
    expect(mediaTypeOf('png')).toBeNull()
    expect(mediaTypeOf('a.constructor')).toBeNull()
    for (const [ending, type] of Object.entries(attachmentEndings))
      expect(mediaTypeOf(`a.${ending}`)).toBe(type)
  })
  it('A36: only images without scripts are shown in place', () => {
    expect(attachmentTypes.filter(isInlineImage)).toEqual(expect.arrayContaining([...inlineImageTypes]))
    expect(isInlineImage('IMAGE/PNG; x=y')).toBe(true)
    for (const type of ['image/svg+xml', 'text/html', 'application/pdf', 'image/heic', 'image', ''])
      expect(isInlineImage(type)).toBe(false)
  })
})

describe('A36: imageTypeOf', () => {
  const bytes = (text: string) => Uint8Array.from(`${text}${'\0'.repeat(16)}`, (char) => char.charCodeAt(0))
  it.each([
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF87a', 'image/gif'],
    ['GIF89a', 'image/gif'],
    ['RIFF\x01\x02\x03\x04WEBP', 'image/webp'],
    ['\0\0\0\x1cftypavif', 'image/avif'],
    ['\0\0\0\x1cftypavis', 'image/avif'],
    ['RIFF\x01\x02\x03\x04WAVE', null],
    ['\0\0\0\x1cftypmp42', null],
    ['<svg onload=alert(1)>', null],
    ['<html>GIF89a', null],
    ['%PDF-1.7', null],
    ['', null],
  ])('A36: %j is %s', (start, type) => {
    expect(imageTypeOf(bytes(start))).toBe(type)
  })
  it('A36: a file shorter than its mark is nothing', () => {
    expect(imageTypeOf(new Uint8Array())).toBeNull()
    expect(imageTypeOf(bytes('\x89PNG').subarray(0, 4))).toBeNull()
  })
})

describe('A37: cleanFileName', () => {
  it.each([
    ['report.pdf', 'report.pdf'],
    ['Zażółć gęślą 🐙.png', 'Zażółć gęślą 🐙.png'],
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\boot.ini', 'boot.ini'],
    ['C:\\Users\\a\\x.txt', 'x.txt'],
    ['a/b/', 'file'],
    ['.htaccess', 'htaccess'],
    ['...', 'file'],
    ['. . .x. .', 'x'],
    ['', 'file'],
    ['a\0b\r\nc.txt', 'ab c.txt'],
    ['gpj\u202egnp.exe', 'gpjgnp.exe'],
    ['a\u200bb\ufeff.png', 'ab.png'],
    ['a\ud800.png', 'a.png'],
    ['a<b>:"|?*.txt', 'a_b______.txt'],
    ['CON', '_CON'],
    ['nul.txt', '_nul.txt'],
    ['com1.tar.gz', '_com1.tar.gz'],
    ['console.log', 'console.log'],
    ['e\u0301.txt', 'é.txt'],
    [`${'x'.repeat(5_000)}.pdf`, `${'x'.repeat(116)}.pdf`],
    [`a.${'x'.repeat(5_000)}`, `a.${'x'.repeat(118)}`],
    [`${'x'.repeat(119)}🐙`, 'x'.repeat(119)],
  ])('A37: %j becomes %j', (name, clean) => {
    expect(cleanFileName(name)).toBe(clean)
  })
  it('A37: is always safe and the same when cleaned twice', () => {
    const odd = fc.constantFrom('.', '..', '/', '\\', ' ', 'con', 'com1.', '\u202e', '🐙', '\ud800', '<', 'a')
    const part = fc.oneof(utf16, odd)
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const clean = cleanFileName(parts.join(''))
        expect(clean).toMatch(/^[^/\\<>:"|?*\p{Cc}\p{Cs}]+$/u)
        expect(clean).not.toMatch(/^[. ]|[. ]$|^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i)
        expect(clean.length).toBeLessThanOrEqual(limits.fileName)
        expect(cleanFileName(clean)).toBe(clean)
      }),
      { numRuns: 1_000 },
    )
  })
})

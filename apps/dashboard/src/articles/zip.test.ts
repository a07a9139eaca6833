import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { crc32 as nodeCrc32 } from 'node:zlib'
import { expect, test } from 'vitest'
import { crc32, makeZip } from './zip.ts'

const files = [
  { path: 'en/orders/returns.md', content: '---\ntitle: "Returns"\n---\n\nThirty days.' },
  { path: 'pl/hasło.md', content: 'Zażółć gęślą jaźń' },
  { path: 'en/empty.md', content: '' },
]

test('the check sum is that of everybody else', () => {
  for (const text of ['', 'a', 'Zażółć gęślą jaźń', 'x'.repeat(10_000)]) {
    expect(crc32(new TextEncoder().encode(text))).toBe(nodeCrc32(text))
  }
})

test('an archive can be opened by other programs', () => {
  const folder = mkdtempSync(join(tmpdir(), 'zip-'))
  try {
    const archive = join(folder, 'articles.zip')
    writeFileSync(archive, makeZip(files, new Date(2026, 0, 2, 3, 4, 6)))
    const script = [
      'import zipfile, json, sys',
      'z = zipfile.ZipFile(sys.argv[1])',
      'assert z.testzip() is None',
      'print(json.dumps([[i.filename, list(i.date_time), z.read(i).decode()] for i in z.infolist()]))',
    ].join('\n')
    const seen = JSON.parse(execFileSync('python3', ['-c', script, archive], { encoding: 'utf8' }))
    const at = [2026, 1, 2, 3, 4, 6]
    expect(seen).toEqual(files.map(({ path, content }) => [path, at, content]))
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('an archive says at its end how many files it has, and where their list begins', () => {
  const bytes = makeZip(files)
  const view = new DataView(bytes.buffer)
  const end = bytes.length - 22
  expect(view.getUint32(end, true)).toBe(0x06054b50)
  expect(view.getUint16(end + 10, true)).toBe(3)
  expect(view.getUint32(view.getUint32(end + 16, true), true)).toBe(0x02014b50)
})

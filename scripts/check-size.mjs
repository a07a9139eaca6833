// Weighs what the widget costs a page: the file loaded with it, and all that the first opening loads on top.
// Usage: node scripts/check-size.mjs [folder of the script-tag build]
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'

// Bytes after brotli at its strongest, as a CDN serves them.
const eagerBudget = 3_500
const firstOpenBudget = 22_000
const firstOpenRequests = 3
// For a page that says who its user is, on top of the loader.
const identityBudget = 3_600

const folder = process.argv[2] ?? fileURLToPath(new URL('../packages/widget/dist/cdn', import.meta.url))

const staticImport = /(?:\bfrom|\bimport)\s*["'](\.{1,2}\/[^"']+)["']/g

function read(file) {
  const path = join(folder, file)
  if (!existsSync(path)) {
    console.error(`${path} is missing: build the widget first ("pnpm build").`)
    process.exit(1)
  }
  return readFileSync(path)
}

function weigh(file) {
  const content = read(file)
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length }
  return { file, bytes: content.length, compressed: brotliCompressSync(content, { params }).length }
}

/** The file and everything that the browser must fetch before it can run the file. */
function withStaticImports(file, found = new Set()) {
  if (found.has(file)) return found
  found.add(file)
  for (const [, name] of read(file).toString().matchAll(staticImport)) {
    withStaticImports(normalize(join(dirname(file), name)), found)
  }
  return found
}

const sum = (files) => files.reduce((total, { compressed }) => total + compressed, 0)

const eager = weigh('widget.js')
const manifest = JSON.parse(read('manifest.json').toString())
const app = withStaticImports(manifest.app)
const identity = weigh(manifest.identity)

/** A visitor loads one language; the heaviest one must fit. */
const opens = Object.entries(manifest.locales)
  .map(([locale, file]) => {
    const files = [...withStaticImports(file, new Set(app))].map(weigh)
    return { locale, files, total: sum(files) }
  })
  .sort((a, b) => b.total - a.total)
const heaviest = opens[0]
if (heaviest === undefined) {
  console.error(`${join(folder, 'manifest.json')} names no locales.`)
  process.exit(1)
}

const rows = [
  ['with the page', eager.file, eager.bytes, eager.compressed, `${eagerBudget}`],
  ['signed-in user', identity.file, identity.bytes, identity.compressed, `${identityBudget}`],
  ...heaviest.files.map(({ file, bytes, compressed }) => ['first open', file, bytes, compressed, '']),
  [
    'first open',
    `in all, language "${heaviest.locale}"`,
    heaviest.files.reduce((total, { bytes }) => total + bytes, 0),
    heaviest.total,
    `${firstOpenBudget}`,
  ],
  ['first open', 'requests', '', heaviest.files.length, `${firstOpenRequests}`],
]
const header = ['when', 'what', 'bytes', 'brotli', 'budget']
const widths = header.map((title, column) =>
  Math.max(title.length, ...rows.map((row) => String(row[column]).length)),
)
for (const row of [header, ...rows]) {
  console.log(
    row
      .map((cell, i) => (i < 2 ? String(cell).padEnd(widths[i]) : String(cell).padStart(widths[i])))
      .join('  '),
  )
}

const failures = [
  eager.compressed > eagerBudget && `widget.js weighs ${eager.compressed} bytes, budget ${eagerBudget}`,
  identity.compressed > identityBudget &&
    `what finds out who the user is weighs ${identity.compressed} bytes, budget ${identityBudget}`,
  heaviest.total > firstOpenBudget &&
    `the first opening weighs ${heaviest.total} bytes, budget ${firstOpenBudget}`,
  heaviest.files.length > firstOpenRequests &&
    `the first opening takes ${heaviest.files.length} requests, budget ${firstOpenRequests}`,
].filter(Boolean)
for (const failure of failures) console.error(`Too much: ${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0

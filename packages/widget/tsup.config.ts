import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, defineConfig, type Options } from 'tsup'
import { minifySync } from 'vite'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

const cdnFolder = fileURLToPath(new URL('dist/cdn/', import.meta.url))

/** Style sheets are texts in modules; this takes the white space out of them. */
const minifyCss: Plugin = {
  name: 'minify-css',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /\.css\.ts$/ }, async ({ path }) => {
      const source = readFileSync(path, 'utf8')
      const [, name, css] = /export const (\w+) = `([^`$]*)`/.exec(source) ?? []
      if (!name || css === undefined)
        throw new Error(`${path} must be one exported template text without \${}`)
      const target = ['chrome100', 'firefox100', 'safari15.4']
      const { code } = await pluginBuild.esbuild.transform(css, { loader: 'css', minify: true, target })
      return { contents: `export const ${name} = ${JSON.stringify(code.trim())}`, loader: 'ts' }
    })
  },
}

const shared: Options = {
  tsconfig: 'tsconfig.build.json',
  platform: 'browser',
  esbuildPlugins: [minifyCss],
  sourcemap: true,
  silent: true,
}

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

const cdn: Options = {
  ...shared,
  config: false,
  outDir: 'dist/cdn',
  noExternal: [/./],
  minify: true,
  sourcemap: false,
  outExtension: () => ({ js: '.js' }),
  // From the source, file by file: what only a later part needs is not in the first one. A bundle is all or nothing.
  esbuildOptions(options) {
    options.alias = {
      '@helpdesk/core': source('../core/src/index.ts'),
      '@helpdesk/client': source('../client/src/index.ts'),
    }
  },
}

/** A second minifier after esbuild's, which inlines what is used once. */
function squeeze(code: string, target: string, module: boolean): string {
  return minifySync('x.js', code, { module, compress: { target }, mangle: { toplevel: true } }).code
}

/** The texts in the order in which each one comes after all whose names it contains. */
function inOrderOfUse(texts: ReadonlyMap<string, string>): string[] {
  const order = new Set<string>()
  const add = (file: string, users: readonly string[]) => {
    if (users.includes(file)) throw new Error(`A circle of chunks: ${users.join(', ')}`)
    for (const used of texts.keys())
      if (used !== file && texts.get(file)?.includes(used)) add(used, [...users, file])
    order.add(file)
  }
  for (const file of [...texts.keys()].sort()) if (!order.has(file)) add(file, [])
  return [...order]
}

/**
 * Builds the application and the catalogs for the script tag. Their names carry a hash of what they contain, so
 * that a cached loader and a newer application never meet. Answers the application's file name.
 */
async function buildApp(): Promise<string> {
  await build({
    ...cdn,
    entry: { app: 'src/app/index.tsx' },
    format: 'esm',
    target: 'es2022',
    splitting: true,
  })
  const texts = new Map<string, string>()
  for (const file of await readdir(cdnFolder)) texts.set(file, await readFile(cdnFolder + file, 'utf8'))
  const names = new Map<string, string>()
  for (const file of inOrderOfUse(texts)) {
    let code = texts.get(file) ?? ''
    for (const [before, after] of names) code = code.replaceAll(before, after)
    code = squeeze(code, 'es2022', true)
    const hash = createHash('sha256').update(code).digest('base64url').replace(/[_-]/g, '0').slice(0, 10)
    names.set(file, `${file.split(/[-.]/)[0]}-${hash}.js`)
    await rm(cdnFolder + file)
    await writeFile(cdnFolder + names.get(file), code)
  }
  const app = names.get('app.js')
  if (!app) throw new Error('The application was not built')
  const locales = [...names.values()]
    .filter((name) => /^[a-z]{2}-/.test(name))
    .map((name) => [name.slice(0, 2), name])
  const manifest = { app, locales: Object.fromEntries(locales) }
  await writeFile(`${cdnFolder}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`)
  return app
}

async function buildLoader(app: string): Promise<void> {
  const define = { APP_FILE: JSON.stringify(app) }
  await build({ ...cdn, entry: { widget: 'src/loader.ts' }, format: 'iife', target: 'es2020', define })
  const file = `${cdnFolder}widget.js`
  const code = await readFile(file, 'utf8')
  // Nothing in it depends on the mode, and every byte of the loader is paid for by every page.
  await writeFile(file, squeeze(code.replace('"use strict";', ''), 'es2020', false))
}

export default defineConfig(async () => {
  rmSync(new URL('dist', import.meta.url), { recursive: true, force: true })
  await buildLoader(await buildApp())
  return {
    ...shared,
    entry: { index: 'src/index.ts' },
    format: 'esm',
    target: 'es2022',
    splitting: true,
    // Declarations take most of the time, and only who publishes or type-checks needs them.
    dts: process.env.HELPDESK_SKIP_TYPES !== '1',
  }
})

import { createHash } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { build, defineConfig, type Options } from 'tsup'
import { build as bundle, minifySync, type Plugin as VitePlugin } from 'vite'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

const cdnFolder = fileURLToPath(new URL('dist/cdn/', import.meta.url))

type Esbuild = Parameters<Plugin['setup']>[0]['esbuild']

/** The one that the packager has: both ways to bundle minify style sheets with it. */
const esbuild: Esbuild = createRequire(createRequire(import.meta.url).resolve('tsup'))('esbuild')

const styleSheet = /\.css\.ts$/

/** A module that is a style sheet in a text, with the white space taken out of it. */
async function minifiedCss(path: string): Promise<string> {
  const source = readFileSync(path, 'utf8')
  const [, name, css] = /export const (\w+) = `([^`$]*)`/.exec(source) ?? []
  if (!name || css === undefined) throw new Error(`${path} must be one exported template text without \${}`)
  const target = ['chrome100', 'firefox100', 'safari15.4']
  const { code } = await esbuild.transform(css, { loader: 'css', minify: true, target })
  return `export const ${name} = ${JSON.stringify(code.trim())}`
}

const minifyCss: Plugin = {
  name: 'minify-css',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: styleSheet }, async ({ path }) => ({
      contents: await minifiedCss(path),
      loader: 'ts',
    }))
  },
}

const minifyCssForVite: VitePlugin = {
  name: 'minify-css',
  enforce: 'pre',
  load: (path) => (styleSheet.test(path) ? minifiedCss(path) : undefined),
}

const shared: Options = {
  tsconfig: 'tsconfig.build.json',
  platform: 'browser',
  esbuildPlugins: [minifyCss],
  sourcemap: true,
  silent: true,
}

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Our packages from their source: of a bundle, more would be taken than what is used. */
const ours = {
  '@helpdesk/core': source('../core/src/index.ts'),
  '@helpdesk/client': source('../client/src/index.ts'),
}

const cdn: Options = {
  ...shared,
  config: false,
  outDir: 'dist/cdn',
  noExternal: [/./],
  minify: true,
  sourcemap: false,
  outExtension: () => ({ js: '.js' }),
  esbuildOptions(options) {
    options.alias = ours
  },
}

/** A second minifier, which inlines what is used once. */
function squeeze(code: string, target: string, module: boolean): string {
  return minifySync('x.js', code, { module, compress: { target }, mangle: { toplevel: true } }).code
}

/**
 * Builds the application, its later parts and the catalogs for the script tag. Their names carry a hash of what they
 * contain, so that a cached loader and a newer application never meet. Answers the two files that the loader names.
 *
 * Not with esbuild: this bundler leaves what the later parts share with the application in the application's file,
 * so that there is one file to load first, and takes from our packages only the modules that are used there.
 */
async function buildApp(): Promise<{ app: string; identity: string }> {
  await bundle({
    configFile: false,
    logLevel: 'warn',
    plugins: [minifyCssForVite],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    resolve: { alias: ours },
    build: {
      lib: { entry: { app: source('src/app/index.tsx') }, formats: ['es'] },
      outDir: cdnFolder,
      target: 'es2022',
      rolldownOptions: {
        preserveEntrySignatures: 'allow-extension',
        output: { entryFileNames: '[name]-[hash:8].js', chunkFileNames: '[name]-[hash:8].js' },
      },
    },
  })
  const files = await readdir(cdnFolder)
  for (const file of files) {
    const code = await readFile(cdnFolder + file, 'utf8')
    await writeFile(cdnFolder + file, squeeze(code, 'es2022', true))
  }
  const app = files.find((file) => file.startsWith('app-'))
  if (!app) throw new Error('The application was not built')
  const locales = files.filter((file) => /^[a-z]{2}-/.test(file)).map((file) => [file.slice(0, 2), file])
  // Beside it, because building the application empties the folder.
  const identity = await buildIdentity()
  const manifest = { app, identity, locales: Object.fromEntries(locales) }
  await writeFile(`${cdnFolder}manifest.json`, `${JSON.stringify(manifest, null, 2)}\n`)
  return { app, identity }
}

/**
 * Builds the part that finds out who the visitor is. It stands by itself, so that the badge of a signed-in user does
 * not cost the application. Answers its file name.
 */
async function buildIdentity(): Promise<string> {
  const entry = { identity: 'src/app/contacts/identity.ts' }
  await build({ ...cdn, entry, format: 'esm', target: 'es2022', splitting: false })
  const code = squeeze(await readFile(`${cdnFolder}identity.js`, 'utf8'), 'es2022', true)
  const name = `identity-${createHash('sha256').update(code).digest('base64url').slice(0, 8)}.js`
  await rm(`${cdnFolder}identity.js`)
  await writeFile(cdnFolder + name, code)
  return name
}

/** The hash in a file's name. */
const hashOf = (file: string) => /-([\w-]{8})\.js$/.exec(file)?.[1]

async function buildLoader({ app, identity }: { app: string; identity: string }): Promise<void> {
  const define = { PART_HASHES: JSON.stringify({ app: hashOf(app), identity: hashOf(identity) }) }
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

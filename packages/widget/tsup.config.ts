import { readFileSync, rmSync } from 'node:fs'
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, defineConfig, type Options } from 'tsup'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/** The browsers' floor: the loader must at least parse wherever a page runs. */
const browsers = ['chrome100', 'firefox100', 'safari15.4']

/** Style sheets are texts in modules; this takes the white space out of them. */
const minifyCss: Plugin = {
  name: 'minify-css',
  setup(pluginBuild) {
    pluginBuild.onLoad({ filter: /\.css\.ts$/ }, async ({ path }) => {
      const source = readFileSync(path, 'utf8')
      const [, name, css] = /export const (\w+) = `([^`$]*)`/.exec(source) ?? []
      if (!name || css === undefined)
        throw new Error(`${path} must be one exported template text without \${}`)
      const { code } = await pluginBuild.esbuild.transform(css, {
        loader: 'css',
        minify: true,
        target: browsers,
      })
      return { contents: `export const ${name} = ${JSON.stringify(code.trim())}`, loader: 'ts' }
    })
  },
}

const shared: Options = {
  tsconfig: 'tsconfig.build.json',
  platform: 'browser',
  esbuildPlugins: [minifyCss],
  splitting: true,
  sourcemap: true,
  silent: true,
}

const cdn: Options = {
  ...shared,
  outDir: 'dist/cdn',
  minify: true,
  noExternal: [/./],
  sourcemap: false,
  config: false,
}

/** Builds the application and the catalogs for the script tag; answers the application's file name. */
async function buildApp(): Promise<string> {
  rmSync(new URL('dist', import.meta.url), { recursive: true, force: true })
  await build({
    ...cdn,
    entry: { app: 'src/app/index.tsx' },
    format: 'esm',
    target: 'es2022',
    esbuildOptions(options) {
      options.entryNames = '[name]-[hash]'
      options.chunkNames = '[name]-[hash]'
    },
  })
  const folder = fileURLToPath(new URL('dist/cdn/', import.meta.url))
  await mkdir(folder, { recursive: true })
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js'))
  const app = files.find((file) => file.startsWith('app-'))
  if (!app) throw new Error('The application was not built')
  const locales = Object.fromEntries(
    files.flatMap(
      (file) =>
        /^([a-z]{2})-/
          .exec(file)
          ?.slice(1)
          .map((locale) => [locale, file]) ?? [],
    ),
  )
  await writeFile(`${folder}manifest.json`, `${JSON.stringify({ app, locales }, null, 2)}\n`)
  return app
}

export default defineConfig(async () => {
  const app = await buildApp()
  return [
    {
      ...cdn,
      entry: { widget: 'src/loader.ts' },
      format: 'iife',
      target: 'es2020',
      splitting: false,
      define: { APP_FILE: JSON.stringify(app) },
      outExtension: () => ({ js: '.js' }),
    },
    { ...shared, entry: { index: 'src/index.ts' }, format: 'esm', target: 'es2022', dts: true },
  ]
})

import { defineConfig } from 'tsup'

// No declarations: the only readers of the types are this repository's tests, and those read the source.
export default defineConfig({
  entry: { main: 'src/main.ts', server: 'src/server.ts', env: 'src/env.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node22',
  clean: true,
  sourcemap: true,
  tsconfig: 'tsconfig.build.json',
})

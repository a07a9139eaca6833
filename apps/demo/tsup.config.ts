import { defineConfig } from 'tsup'

// No declarations: the only readers of the types are other apps of this repository, and those read the source.
export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node22',
  clean: true,
  sourcemap: true,
  tsconfig: 'tsconfig.build.json',
})

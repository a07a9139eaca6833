import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', 'api/index': 'src/api/index.ts' },
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  dts: true,
  clean: true,
  sourcemap: true,
  tsconfig: 'tsconfig.build.json',
})

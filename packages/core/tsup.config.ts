import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', 'api/index': 'src/api/index.ts' },
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  // Declarations take most of the time, and only who publishes or type-checks needs them.
  dts: process.env.HELPDESK_SKIP_TYPES !== '1',
  clean: true,
  sourcemap: true,
  tsconfig: 'tsconfig.build.json',
})

import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts', testing: 'src/testing.ts' },
  format: 'esm',
  platform: 'neutral',
  target: 'es2022',
  // Declarations take most of the time, and only who publishes or type-checks needs them.
  dts: process.env.HELPDESK_SKIP_TYPES !== '1',
  clean: true,
  sourcemap: true,
  external: ['msw'],
  tsconfig: 'tsconfig.build.json',
})

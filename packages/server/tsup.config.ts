import { defineConfig } from 'tsup'

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: 'esm',
  platform: 'node',
  target: 'node22',
  // Declarations take most of the time, and only who publishes or type-checks needs them.
  dts: process.env.HELPDESK_SKIP_TYPES !== '1',
  // Inside, because finding its hundred files took two thirds of the time to load the server.
  noExternal: ['drizzle-orm'],
  clean: true,
  sourcemap: true,
  tsconfig: 'tsconfig.build.json',
})

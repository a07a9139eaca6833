import preact from '@preact/preset-vite'
import { defineConfig } from 'vite'

/** Where `vite dev` finds a running desk. */
const desk = process.env.HELPDESK_URL ?? 'http://127.0.0.1:3000'

export default defineConfig(({ command }) => ({
  // Relative in the build: the server mounts the files under a prefix that is not known here.
  base: command === 'serve' ? '/dashboard/' : './',
  plugins: [preact()],
  build: {
    target: 'es2022',
    // `light-dark()` and nesting stay as written: every browser that people answer in has them.
    cssTarget: ['chrome123', 'safari17.5', 'firefox128'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { '/api': desk, '/widget.js': desk } },
}))

// What does the widget cost a page, beside its budgets? The same measuring as "pnpm check:size", which fails over budget.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

spawnSync(process.execPath, [fileURLToPath(new URL('../scripts/check-size.mjs', import.meta.url))], {
  stdio: 'inherit',
})

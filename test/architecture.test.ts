import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { findViolations, type RepositoryFile, readRepository, rules } from './support/architecture.ts'

/** Per rule: files, of which the first breaks that rule and none breaks any other. */
const broken: Record<string, Record<string, string>[]> = {
  'a relative import stays inside its package': [
    { 'packages/core/src/desks.ts': `import { x } from '../../client/src/index.ts'` },
    { 'apps/server/src/main.ts': `import { x } from '../../../packages/server/src/plugin.ts'` },
    { 'apps/demo/src/index.ts': `const x = await import('../../../test/support/smtp.ts')` },
  ],
  'only tests load what is for tests': [
    { 'packages/server/src/plugin.ts': `import { fill } from './notifications/testing.ts'` },
    { 'packages/core/src/desks.ts': `import { example } from './desks.test.ts'` },
  ],
  'a package does not import an app': [
    { 'packages/server/src/plugin.ts': `import { x } from '@helpdesk/app-server'` },
    { 'packages/server/src/plugin.ts': `const x = import('@helpdesk/dashboard/dist/index.html')` },
  ],
  'core imports nothing, and typebox only in its api': [
    { 'packages/core/src/identity.ts': `import { createHmac } from 'node:crypto'` },
    { 'packages/core/src/desks.ts': `import { Type } from 'typebox'` },
    { 'packages/core/src/desks.ts': `import type { Desk } from '@helpdesk/client'` },
    { 'packages/core/src/api/desks.ts': `import {\n  x,\n} from "ajv"` },
    { 'packages/core/src/api/desks.ts': `import 'typebox-extras'` },
  ],
  'the rules of core do not load the contract': [
    { 'packages/core/src/index.ts': `export * from './api/index.ts'` },
    { 'packages/core/src/desks.ts': `import { deskSchema } from './api/desks.ts'` },
  ],
  'core gets its clock and its randomness passed in': [
    { 'packages/core/src/tickets.ts': `export const isLate = (due: number) => due < Date.now()` },
    { 'packages/core/src/tickets.ts': `export const createdAt = () => new Date()` },
    { 'packages/core/src/tokens.ts': `export const token = () => Math.random()` },
    { 'packages/core/src/tokens.ts': `export const token = () => crypto.randomUUID()` },
  ],
  'client imports core, and of its api only types, except for testing': [
    { 'packages/client/src/index.ts': `import { routes } from '@helpdesk/core/api'` },
    { 'packages/client/src/http.ts': `import { request } from 'undici'` },
    { 'packages/client/src/http.ts': `import { readFile } from 'node:fs'` },
    { 'packages/client/src/http.ts': `import { http } from 'msw'` },
    { 'packages/client/src/index.ts': `export * from '@helpdesk/widget'` },
    { 'packages/client/src/testing.ts': `import { helpdesk } from '@helpdesk/server'` },
  ],
  'the client itself does not load what is for testing': [
    { 'packages/client/src/index.ts': `export { handlers } from './testing.ts'` },
    { 'packages/client/src/index.ts': `export { handlers } from './testing/handlers.ts'` },
  ],
  'widget imports client, core and preact': [
    { 'packages/widget/src/app/state.ts': `import { routes } from '@helpdesk/core/api'` },
    { 'packages/widget/src/app/state.ts': `import { signal } from '@preact/signals'` },
    { 'packages/widget/src/app/state.ts': `import type { Options } from '@helpdesk/server'` },
    { 'packages/widget/src/storage.ts': `import { join } from 'node:path'` },
  ],
  'the eager shell of the widget loads neither the app nor preact': [
    { 'packages/widget/src/launcher.ts': `import { h } from 'preact'` },
    { 'packages/widget/src/launcher.ts': `import { useState } from 'preact/hooks'` },
    { 'packages/widget/src/widget.ts': `import { App } from './app/App.tsx'` },
    { 'packages/widget/src/widget.ts': `const app = await import('./app/index.tsx')` },
    { 'packages/widget/src/index.ts': `import { mount } from './app/index.tsx'` },
    { 'packages/widget/src/index.ts': `export { mount } from './app/index.tsx'` },
  ],
  'server imports no code of client or widget': [
    { 'packages/server/src/pages/contact.ts': `import { createWidget } from '@helpdesk/widget'` },
    { 'packages/server/src/plugin.ts': `import type { ApiError } from '@helpdesk/client'` },
    { 'packages/server/src/plugin.ts': `import { handlers } from '@helpdesk/client/testing'` },
  ],
  'routes do not touch tables': [
    { 'packages/server/src/desks/routes.ts': `import { desks } from './tables.ts'` },
    { 'packages/server/src/desks/routes.ts': `import { desks } from '../db/schema.ts'` },
    { 'packages/server/src/desks/visitor-routes.ts': `import { eq } from 'drizzle-orm'` },
    { 'packages/server/src/desks/routes.ts': `import { pgTable } from 'drizzle-orm/pg-core'` },
  ],
  'routes go through the service where there is one': [
    {
      'packages/server/src/desks/routes.ts': `import { findDesk } from './store.ts'`,
      'packages/server/src/desks/service.ts': '',
    },
  ],
  'a store does not call a service': [
    { 'packages/server/src/desks/store.ts': `import { openDesk } from './service.ts'` },
    { 'packages/server/src/desks/store.ts': `import { notify } from '../notifications/service.ts'` },
  ],
  'a noun does not call the store of another noun': [
    {
      'packages/server/src/tickets/service.ts': `import { insertMessage } from '../conversations/store.ts'`,
    },
    {
      'packages/server/src/tickets/due.ts': `import { insertMessage } from '../conversations/message-store.ts'`,
    },
  ],
  'a file is named after what it is about': [
    { 'packages/core/src/utils.ts': '' },
    { 'packages/widget/src/app/ui/helpers.tsx': '' },
    { 'packages/server/src/common/mail.ts': '' },
    { 'apps/dashboard/src/constants.ts': '' },
    { 'packages/client/src/types.d.ts': '' },
  ],
  'exports have names': [
    { 'packages/widget/src/app/App.tsx': 'export default function App() {}' },
    { 'packages/client/src/http.ts': 'const x = 1\nexport { x as default }' },
    { 'scripts/start.mjs': 'export default 1' },
  ],
  'a source file has at most 300 lines': [
    { 'packages/server/src/plugin.ts': 'let x\n'.repeat(301) },
    { 'scripts/start.mjs': 'let x\n'.repeat(400) },
  ],
  'nothing points outside the repository': [
    { 'docs/decisions/clock.md': `See ${['..', '..', 'shared', 'clock.md'].join('/')}` },
    { 'packages/core/src/desks.ts': `// as in ${['..', 'shared'].join('/')}` },
    { '.ci/run': `cd ${['', 'work', 'main'].join('/')}` },
  ],
}

/** What looks like a violation and is none. */
const allowed: Record<string, Record<string, string>> = {
  'the contract of core is made with typebox from its rules': {
    'packages/core/src/api/desks.ts': `import { Type } from 'typebox'\nimport { rule } from '../desks.ts'`,
  },
  'a rule of core speaks of the types of the contract': {
    'packages/core/src/desks.ts': `import type { Desk } from './api/desks.ts'`,
  },
  'an example in a comment': {
    'packages/core/src/desks.ts': ` * import { createHmac } from 'node:crypto'\n// import 'ajv'`,
  },
  'a date made from a given time': {
    'packages/core/src/desks.ts': `export const at = (ms: number) => new Date(ms)`,
  },
  'a test of core': {
    'packages/core/src/desks.test.ts': `import { createHmac } from 'node:crypto'\nDate.now()`,
  },
  'the client of rules and of types of the contract': {
    'packages/client/src/index.ts': `import { a } from '@helpdesk/core'\nimport type { B } from '@helpdesk/core/api'`,
  },
  'handlers for tests, made from the contract': {
    'packages/client/src/testing.ts': `import { http } from 'msw'\nimport { routes } from '@helpdesk/core/api'`,
  },
  'a type import that follows an exported interface': {
    'packages/client/src/index.ts': `export interface A {}\nimport type { B } from '@helpdesk/core/api'`,
  },
  'the late import of the app by the door of the widget': {
    'packages/widget/src/index.ts': `const load = () => import('./app/index.tsx')`,
  },
  'types of the app in the shell': {
    'packages/widget/src/widget.ts': `import type { A } from './app/App.tsx'\ntype M = typeof import('./app/index.tsx')`,
  },
  'the app with preact and the shell': {
    'packages/widget/src/app/App.tsx': `import { useState } from 'preact/hooks'\nimport { page } from '../page.ts'`,
  },
  'the server finding the built files of the widget': {
    'packages/server/src/pages/widget.ts': `createRequire(import.meta.url).resolve('@helpdesk/widget/cdn/widget.js')`,
  },
  'routes with a store and no service': {
    'packages/server/src/events/routes.ts': `import { listEvents } from './store.ts'`,
  },
  'types of the store of another noun': {
    'packages/server/src/tickets/service.ts': `import type { Row } from '../conversations/store.ts'`,
  },
  'a service with its own store and the service of another noun': {
    'packages/server/src/tickets/service.ts': `import { reply } from '../conversations/service.ts'\nimport { insertTicket } from './store.ts'`,
  },
  'what is no noun, with the store of one': {
    'packages/server/src/jobs/cleaning.ts': `import { deleteExpired } from '../attachments/store.ts'`,
  },
  'a noun with the store of what serves all nouns': {
    'packages/server/src/contacts/service.ts': `import { saveAnswer } from '../idempotency/store.ts'`,
  },
  'a test and its helper, with the support of all tests': {
    'packages/server/src/agents/agents.test.ts': `import { createClock } from '../../../../test/support/clock.ts'`,
    'packages/server/src/agents/testing-desk.ts': `import { createClock } from '../../../../test/support/clock.ts'`,
    'packages/server/src/agents/testing.ts': `import { createDatabase } from '../../../../test/support/postgres.ts'`,
  },
  'a longer name with an empty word in it': { 'packages/server/src/notifications/common-words.ts': '' },
  'the default export that a tool wants': { 'packages/server/tsup.config.ts': 'export default {}' },
  'a long test': { 'packages/server/src/plugin.test.ts': 'let x\n'.repeat(400) },
  'a long generated file': {
    'packages/core/src/time-zones.ts': `// Generated by a script.\n${'let x\n'.repeat(400)}`,
  },
  'a shared file of our own': {
    'packages/core/src/api/visitor/desks.ts': `import { id } from '../shared.ts'`,
  },
}

const asFiles = (texts: Record<string, string>): RepositoryFile[] =>
  Object.entries(texts).map(([path, text]) => ({ path, text }))

test('the repository keeps its architecture', async () => {
  const files = await readRepository(fileURLToPath(new URL('..', import.meta.url)))
  expect(files.map((file) => file.path)).toEqual(
    expect.arrayContaining(['package.json', 'packages/core/src/index.ts', 'test/architecture.test.ts']),
  )
  expect(findViolations(files)).toEqual([])
})

describe('every rule can fail', () => {
  test.each(rules.map((rule) => rule.name))('%s', (name) => {
    const examples = broken[name] ?? []
    expect(examples.length).toBeGreaterThan(0)
    for (const texts of examples) {
      const found = findViolations(asFiles(texts))
      expect(found.map((violation) => violation.split(': ').slice(0, 2))).toEqual([
        [Object.keys(texts)[0], name],
      ])
    }
  })
})

describe('no rule objects to', () => {
  test.each(Object.entries(allowed))('%s', (_name, texts) => {
    expect(findViolations(asFiles(texts))).toEqual([])
  })
})

import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const source = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

/** Tests of the source need no build. The longer names come first: an alias also matches what begins with it. */
const alias = {
  '@helpdesk/core/api': source('packages/core/src/api/index.ts'),
  '@helpdesk/core': source('packages/core/src/index.ts'),
  '@helpdesk/client/testing': source('packages/client/src/testing.ts'),
  '@helpdesk/client': source('packages/client/src/index.ts'),
  '@helpdesk/server': source('packages/server/src/index.ts'),
  '@helpdesk/widget': source('packages/widget/src/index.ts'),
  '@helpdesk/app-demo': source('apps/demo/src/index.ts'),
}

const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const
const postgres = ['test/support/postgres-setup.ts']
const databases = [...postgres, 'test/support/embedded-setup.ts']
const architecture = ['test/architecture.test.ts']
/** They put something in a module's place, so that nobody may have loaded it before. */
const replacesModules = ['packages/server/src/agents/{agents,password}.test.ts']
/** They start the whole server again and again, some of them as a process of its own, from the build. */
const processTests = ['apps/server/src/server.test.ts', 'apps/server/src/main.test.ts']
const browserTests = ['test/browser/**/*.test.ts', 'test/support/chromium.test.ts']

/** What takes longest begins first: at the end of a group it would keep one worker busy and the others waiting. */
const longest = [
  'test/faults/kill-server.test.ts',
  'test/browser/email.test.ts',
  'test/faults/kill-sender.test.ts',
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const group = ({ project }: TestSpecification) => project.config.sequence.groupOrder
    const rank = ({ moduleId }: TestSpecification) => {
      const index = longest.findIndex((path) => moduleId.endsWith(path))
      return index < 0 ? longest.length : index
    }
    const sorted = await super.sort(files)
    return sorted.sort((one, other) => group(one) - group(other) || rank(one) - rank(other))
  }
}

/** Two on two cores, where Vitest by itself would take one; not many, as each may hold a database in memory. */
const maxWorkers = Math.min(4, Math.max(2, availableParallelism() - 1))

const server = { testTimeout: 30_000, hookTimeout: 60_000, maxWorkers, sequence: { groupOrder: 2 } }

/** `.ci/run` counts passed and failed from this file. */
const report = process.env.HELPDESK_TEST_REPORT

export default defineConfig({
  oxc,
  test: {
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    sequence: { sequencer: LongestFirst },
    // Groups run one after another, so that nothing heavy disturbs what runs beside it. (Vitest puts group 0 last.)
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', ...architecture],
          exclude: ['packages/server/**', ...processTests],
          // One process for many files: they keep nothing between them, and most of the time was spent on starting.
          isolate: false,
          testTimeout: 20_000,
          maxWorkers,
          sequence: { groupOrder: 1 },
        },
      },
      {
        oxc,
        resolve: { alias },
        test: {
          name: 'dom',
          include: ['packages/widget/**/*.test.tsx', 'apps/dashboard/**/*.test.tsx'],
          environment: 'jsdom',
          testTimeout: 20_000,
          maxWorkers,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'server',
          include: ['packages/server/src/**/*.test.ts'],
          exclude: replacesModules,
          ...server,
          globalSetup: [...postgres, 'packages/server/src/testing-setup.ts'],
          // A new process for each file would compile the embedded database and the server anew: a third of the time.
          isolate: false,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'server-mocks',
          include: replacesModules,
          ...server,
          globalSetup: postgres,
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'journeys',
          include: ['test/*.test.ts', 'test/journeys/**/*.test.ts', 'test/support/**/*.test.ts'],
          exclude: [...browserTests, ...architecture],
          globalSetup: postgres,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers,
          sequence: { groupOrder: 2 },
        },
      },
      {
        // No aliases from here on: what a user installs is what is tested.
        test: {
          name: 'browser',
          include: [...browserTests, ...processTests],
          globalSetup: databases,
          testTimeout: 90_000,
          hookTimeout: 120_000,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
      {
        test: {
          name: 'faults',
          include: ['test/faults/**/*.test.ts'],
          globalSetup: databases,
          testTimeout: 600_000,
          hookTimeout: 120_000,
          // Each has servers of its own to stop. The workers are those of the group: two of these and the browsers' at a time.
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
})

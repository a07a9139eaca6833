import { isDeepStrictEqual } from 'node:util'
import { drive } from './traffic.mjs'

const countSql = `select ${[
  'helpdesk.contacts',
  'helpdesk.conversations',
  'helpdesk.messages',
  'helpdesk.events',
  'helpdesk.notifications',
  'helpdesk.conversation_reads',
  'helpdesk.idempotency_keys',
  'helpdesk_jobs.job',
]
  .map((table) => `(select count(*)::int from ${table}) as "${table}"`)
  .join(', ')}`

/**
 * Sees that servers write the same number of rows into the same tables for one request: a floor that does less than
 * the product would flatter nobody.
 * @throws {Error} when they differ
 */
export async function assertSameRows(client, subjects) {
  const written = []
  for (const { name, server, requests } of subjects) {
    const before = await count(client)
    const { answers } = await drive({ port: server.port, requests, seconds: 0.01, connections: 1 })
    const after = await count(client)
    const perRequest = Object.entries(after).map(([table, rows]) => [table, (rows - before[table]) / answers])
    written.push({ name, rows: Object.fromEntries(perRequest.filter(([, rows]) => rows > 0)) })
  }
  const [first, ...others] = written
  const other = others.find(({ rows }) => !isDeepStrictEqual(rows, first.rows))
  if (other) throw new Error(`Not the same rows: ${JSON.stringify([first, other])}`)
}

async function count(client) {
  const { rows } = await client.query(countSql)
  return rows[0]
}

/**
 * Sees that servers answer a reading request alike.
 * @throws {Error} when they differ
 */
export async function assertSameAnswer(subjects, { path, headers }) {
  const answers = await Promise.all(
    subjects.map(async ({ server }) =>
      (await fetch(`http://127.0.0.1:${server.port}${path}`, { headers })).json(),
    ),
  )
  if (!answers.every((answer) => isDeepStrictEqual(answer, answers[0]))) {
    throw new Error(`Not the same answer: ${JSON.stringify(answers).slice(0, 4000)}`)
  }
}

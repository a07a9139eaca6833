import type { PgBoss } from 'pg-boss'

/** pg-boss's own SQL for enqueuing into one queue. */
export interface InsertStatement {
  /** With one parameter, `$1`: the JSON array of jobs as text. */
  text: string
  /** The same statement with an SQL expression of type json in place of the parameter. */
  from(source: string): string
}

/**
 * Asks pg-boss for the SQL with which it enqueues, without running it; pg-boss knows the queue afterwards.
 * @throws Error when the SQL has not the one parameter that it is known to have
 */
export async function captureInsert(boss: PgBoss, queue: string): Promise<InsertStatement> {
  const statements: string[] = []
  const capture = {
    executeSql: async (text: string) => {
      statements.push(text)
      return { rows: [] }
    },
  }
  await boss.send(queue, {}, { db: capture })
  return insertStatement(statements)
}

/**
 * Checks what pg-boss would have run. It is embedded in statements of ours, so a version of pg-boss that enqueues in
 * another way has to be noticed at the start and not in a customer's message.
 * @throws Error when it is not one INSERT with the one parameter `$1`
 */
export function insertStatement(statements: readonly string[]): InsertStatement {
  const [text = '', ...more] = statements.map((statement) => statement.trim())
  const parameters = text.match(/\$\d+/g) ?? []
  if (
    more.length > 0 ||
    !/^insert\s+into\s/i.test(text) ||
    parameters.length !== 1 ||
    parameters[0] !== '$1'
  ) {
    throw new Error(
      'This version of pg-boss enqueues jobs in an unknown way: expected one INSERT with one parameter, ' +
        `got ${statements.length} statement(s) with the parameters [${parameters.join(', ')}]`,
    )
  }
  const [before = '', after = ''] = text.split('$1')
  return { text, from: (source) => `${before}(${source})${after}` }
}

import { type HelpdeskOptions, helpdesk } from '@helpdesk/server'
import type { FastifyInstance } from 'fastify'

/** What your application has already: its pool of PostgreSQL connections, and its address. */
interface Yours {
  /** `{ pool }` with your own `pg.Pool`; an opened PGlite does as well: `{ pglite }`. */
  database: HelpdeskOptions['database']
  /** `https://shop.example` */
  origin: string
  owner: { email: string; password: string }
}

/**
 * Adds a support desk to a Fastify application under `/support`. Your routes, hooks, parsers and error handler stay as
 * they are; the desk's tables live in schemas of their own.
 *
 * ```ts
 * const app = Fastify()
 * const database = { pool: new pg.Pool({ connectionString: process.env.DATABASE_URL }) }
 * await addHelpdesk(app, { database, origin: 'https://shop.example', owner: { email, password } })
 * await app.listen({ port: 3000 })
 * ```
 */
export async function addHelpdesk(app: FastifyInstance, { database, origin, owner }: Yours): Promise<void> {
  const prefix = '/support'
  await app.register(helpdesk, {
    prefix,
    publicUrl: `${origin}${prefix}`,
    database,
    // Made once; leave it out, and the log shows a link on which the first owner signs up.
    owner,
  })
}

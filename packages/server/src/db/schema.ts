/** Every table of the desk, for drizzle-kit; nothing else imports this. */
export * from '../agents/tables.ts'
export * from '../contacts/tables.ts'
export * from '../conversations/tables.ts'
export * from '../desks/tables.ts'
export * from '../events/tables.ts'
export * from '../idempotency/tables.ts'
export * from '../notifications/tables.ts'
export { schema } from './pg-schema.ts'

import { customType, pgSchema, timestamp } from 'drizzle-orm/pg-core'

/** Our tables live in a schema of their own, so that they share a host's database without a clash. */
export const schema = pgSchema('helpdesk')

/** A moment, with time zone, to the millisecond as JavaScript has it. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3 })

/** A position in a desk's event log: bigint in the database, a safe integer here. */
export const position = customType<{ data: number; driverData: number | string }>({
  dataType: () => 'bigint',
  fromDriver: Number,
})

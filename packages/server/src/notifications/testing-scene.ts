import { MailError } from '../adapters/mail.ts'
import type { Db } from '../db/db.ts'
import { deliverNotification, emailStates } from './service.ts'
import { notificationsOf, seedConversation, seedDesk, testProcess, write } from './testing-desk.ts'

/** In milliseconds. */
export const minute = 60_000

/** A desk on which a contact has a conversation and the agent answers; the e-mail about it is due in a minute. */
export async function scene(db: Db, contact: Parameters<typeof seedConversation>[3] = {}) {
  const process = testProcess(db)
  const { clock } = process
  const desk = await seedDesk(db, clock.now())
  const place = await seedConversation(db, desk.deskId, clock.now(), contact)
  const toContact = { type: 'contact', id: place.contactId } as const
  const toAgent = { type: 'agent', id: desk.agentId } as const
  const reply = (body = 'Dzień dobry!') =>
    write(db, place, { by: toAgent, body, at: clock.now(), notify: [toContact] })
  const ask = (body = 'Is it in stock?', notify = [toAgent as typeof toAgent]) =>
    write(db, place, { by: toContact, body, at: clock.now(), notify })
  const states = () => notificationsOf(db, place.conversationId)
  const stateOf = async (seq: number) =>
    (await emailStates(db, desk.deskId, [{ conversationId: place.conversationId, seq }])).get(
      `${place.conversationId}:${seq}`,
    ) ?? null
  return { ...process, ...place, desk, toContact, toAgent, reply, ask, states, stateOf }
}

/** Delivers this conversation's notifications only, so that tests on one database do not meet. */
export async function deliver(of: Awaited<ReturnType<typeof scene>>) {
  const results: string[] = []
  for (const { desk_id, id } of await of.states())
    results.push(await deliverNotification(of.deps, desk_id, id))
  return results
}

/** A mail server that says "later". */
export const refused = () => {
  throw new MailError('451 try later', { permanent: false })
}
/** A mail server that hangs up when it has the mail. */
export const dropped = () => {
  throw new MailError('connection lost', { permanent: false, uncertain: true })
}

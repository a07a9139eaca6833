import {
  type AgentRole,
  checkNumberPattern,
  type DeskSettings,
  defaultDeskSettings,
  type FieldError,
  HelpdeskError,
  isTimeZone,
  messagingShown,
  parseUrlRules,
} from '@helpdesk/core'
import type { Desk, DeskChange, PublicDesk } from '@helpdesk/core/api'
import type { Queryable } from '../db/db.ts'
import type { Deps } from '../deps.ts'
import { hasLiveKey } from '../secrets/service.ts'
import {
  insertDesk,
  logDeskUpdated,
  selectDesk,
  selectDeskById,
  selectDeskEventSeq,
  selectDeskForUpdate,
  selectDesksOfAgent,
  updateDeskSettings,
} from './store.ts'

export type { DeskCache } from './cache.ts'

/** A desk with its settings. */
export interface DeskRecord {
  /** Internal key of every table. */
  deskId: string
  /** The id that stands in page source. */
  publicId: string
  settings: DeskSettings
}

/** What an address can name: as wide as the contract. Pages hand over whatever stands in theirs. */
const addressable = /^[A-Za-z0-9_-]{1,64}$/

/** The desk with a public id, from memory when it was looked up a moment ago; null for what can be no id. */
export async function findDesk(deps: Deps, publicId: string): Promise<DeskRecord | null> {
  if (!addressable.test(publicId)) return null
  const cached = deps.desks.get(publicId)
  if (cached !== undefined) return cached
  const desk = await selectDesk(deps.db, publicId)
  const complete = desk && { ...desk, settings: withDefaults(desk.settings) }
  deps.desks.set(publicId, complete)
  return complete
}

/** A desk by its internal key. */
export async function deskById(deps: Pick<Deps, 'db'>, deskId: string): Promise<DeskRecord | null> {
  const desk = await selectDeskById(deps.db, deskId)
  return desk && { ...desk, settings: withDefaults(desk.settings) }
}

/** The desks on which an agent has a role, oldest first, with that role. */
export async function desksOfAgent(
  deps: Deps,
  agentId: string,
): Promise<{ desk: DeskRecord; role: AgentRole }[]> {
  const found = await selectDesksOfAgent(deps.db, agentId)
  return found.map(({ desk, role }) => ({ desk: { ...desk, settings: withDefaults(desk.settings) }, role }))
}

/** Tells everybody who looks at a desk that something about it has changed. */
export async function announceDesk(deps: Deps, deskId: string): Promise<void> {
  await logDeskUpdated(deps.db, deskId, deps.now())
  deps.bus.publish({ type: 'events', deskId })
}

/** Settings saved by an older version, with the defaults of what is new since. */
function withDefaults(settings: DeskSettings): DeskSettings {
  return merge(defaultDeskSettings, settings) as unknown as DeskSettings
}

/** The position of the desk's newest event: what is read after asking covers everything up to it. */
export function currentEventSeq(deps: Deps, deskId: string): Promise<number> {
  return selectDeskEventSeq(deps.db, deskId)
}

/** What a new desk is made of. */
export interface NewDesk {
  publicId?: string
  name: string
  locale?: DeskSettings['locale']
  settings?: DeskChange
}

/**
 * Makes a desk.
 * @param db the database or the transaction that the desk belongs to
 * @throws HelpdeskError conflict when the public id is taken
 */
export async function createDesk(
  { now, newId, randomBytes }: Pick<Deps, 'now' | 'newId' | 'randomBytes'>,
  db: Queryable,
  input: NewDesk,
): Promise<DeskRecord> {
  const publicId = input.publicId ?? `desk_${Buffer.from(randomBytes(9)).toString('base64url')}`
  const basics = { name: input.name, ...(input.locale ? { locale: input.locale } : {}) }
  const settings = merge(merge(defaultDeskSettings, basics), input.settings ?? {}) as unknown as DeskSettings
  checkSettings(settings)
  const desk: DeskRecord = { deskId: newId(), publicId, settings }
  if (!(await insertDesk(db, desk, now())))
    throw new HelpdeskError('conflict', { detail: `The desk ${publicId} exists` })
  return desk
}

/** Changes settings of a desk; what is not named stays. @throws HelpdeskError validation_failed, not_found */
export async function updateDesk(deps: Deps, publicId: string, change: DeskChange): Promise<DeskRecord> {
  const desk = await deps.db.transaction(async (tx) => {
    const current = await selectDeskForUpdate(tx, publicId)
    if (!current) throw new HelpdeskError('not_found')
    const settings = merge(withDefaults(current.settings), change) as unknown as DeskSettings
    checkSettings(settings)
    tidyRules(settings)
    if (settings.security.level === 'signature' && current.settings.security.level !== 'signature')
      await assertLiveKey(tx, current.deskId, deps.now())
    await updateDeskSettings(tx, current.deskId, settings, deps.now())
    return { ...current, settings }
  })
  deps.desks.forget(desk.deskId)
  deps.bus.publish({ type: 'desk', deskId: desk.deskId })
  deps.bus.publish({ type: 'events', deskId: desk.deskId })
  return desk
}

/** A desk that accepts signed requests only must be able to check one. @throws HelpdeskError conflict */
async function assertLiveKey(tx: Queryable, deskId: string, now: Date): Promise<void> {
  if (await hasLiveKey(tx, deskId, now)) return
  throw new HelpdeskError('conflict', {
    detail: 'Make a key first: this level accepts signed requests only',
    errors: [{ pointer: '/body/security/level', detail: 'needs a live key' }],
  })
}

/** What the schema cannot say: rules that only core can check. */
function checkSettings(settings: DeskSettings): void {
  const errors: FieldError[] = []
  const pattern = checkNumberPattern(settings.numberPattern)
  if (pattern !== null)
    errors.push({ pointer: '/body/numberPattern', detail: `is not a number pattern: ${pattern}` })
  if (!isTimeZone(settings.timeZone))
    errors.push({ pointer: '/body/timeZone', detail: 'must be a known time zone' })
  if (errors.length > 0) throw new HelpdeskError('validation_failed', { errors })
}

/** Rules as core reads them: trimmed, without blank ones. Count, length and line breaks are the schema's. */
function tidyRules({ widget }: DeskSettings): void {
  widget.showRules = parseUrlRules(widget.showRules.join('\n')).rules
  widget.hideRules = parseUrlRules(widget.hideRules.join('\n')).rules
}

type Plain = Record<string, unknown>
const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

// Texts per locale are replaced as a whole, or a language could never be removed.
const wholes = new Set(['welcomeNote', 'helpText'])

/** The settings with the members of the change put over them. */
function merge(base: object, change: object): Plain {
  const result: Plain = { ...base }
  for (const [key, value] of Object.entries(change)) {
    if (value === undefined) continue
    const old = result[key]
    result[key] = isPlain(old) && isPlain(value) && !wholes.has(key) ? merge(old, value) : value
  }
  return result
}

/** Whether the widget of a desk offers messaging: all three switches. */
export function deskOffersMessaging({ settings }: DeskRecord): boolean {
  return messagingShown({
    messagingEnabled: settings.messaging.enabled,
    widgetMessagingEnabled: settings.widget.messagingEnabled,
    featureMessaging: settings.features.messaging,
  })
}

/** Whether visitors may attach files: the desk's switch, and somewhere to keep them. */
export function deskTakesFiles(deps: Pick<Deps, 'files'>, { settings }: DeskRecord): boolean {
  return settings.widget.attachments && deps.files !== null
}

/** What pages may know. */
export function publicView(deps: Pick<Deps, 'files'>, desk: DeskRecord): PublicDesk {
  const { name, locale, active, widget, security } = desk.settings
  const { messagingEnabled: _, ...look } = widget
  return {
    id: desk.publicId,
    name,
    locale: locale as PublicDesk['locale'],
    active,
    messaging: deskOffersMessaging(desk),
    tickets: desk.settings.tickets.enabled,
    securityLevel: security.level,
    widget: { ...look, attachments: deskTakesFiles(deps, desk) },
  }
}

/** What the team sees. */
export function deskView(desk: DeskRecord, role: AgentRole): Desk {
  const { settings } = desk
  return { id: desk.publicId, ...settings, locale: settings.locale as Desk['locale'], role }
}

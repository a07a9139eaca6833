import { HelpdeskError } from '@helpdesk/core'
import type { IdentityReport } from '@helpdesk/core/api'
import type { Answers } from '../ask.ts'
import { type Finding, inspect } from '../identities.ts'
import { isLive, toSecretKey } from '../keys.ts'
import type { DeskRecord, SecretRecord, World } from '../records.ts'

const mostLiveKeys = 10

/** The keys of a desk, and the debugger of signatures. */
export const secrets: Answers['secrets'] = {
  list: ({ world, desk }) => ({ secrets: desk.secrets.map((key) => toSecretKey(world, key)).toReversed() }),
  create({ world, desk, agent }) {
    const live = desk.secrets.filter((key) => isLive(world, key))
    if (live.length >= mostLiveKeys) throw new HelpdeskError('conflict')
    const secret = world.newSecret()
    const key: SecretRecord = {
      id: `key-${secret.slice(-4)}`,
      createdAt: world.now().toISOString(),
      createdBy: agent.name,
      retiresAt: null,
      lastUsedAt: null,
    }
    desk.secrets.push(key)
    return { key: toSecretKey(world, key), secret }
  },
  update({ world, desk, params, body }) {
    const key = find(desk, params.keyId)
    retire(world, desk, key, body.retiresAt)
    return toSecretKey(world, key)
  },
  remove({ world, desk, params }) {
    retire(world, desk, find(desk, params.keyId), world.now().toISOString())
    return null
  },
  check: ({ world, desk, body }) => toReport(inspect(world, desk, body)),
}

function find({ secrets: keys }: DeskRecord, keyId: string): SecretRecord {
  const key = keys.find(({ id }) => id === keyId)
  if (!key) throw new HelpdeskError('not_found')
  return key
}

/** Sessions that a key opened end with it. */
function retire(world: World, desk: DeskRecord, key: SecretRecord, retiresAt: string | null): void {
  const isNow = retiresAt !== null && Date.parse(retiresAt) <= world.now().getTime()
  const hasOther = desk.secrets.some((one) => one !== key && isLive(world, one))
  if (isNow && !hasOther && desk.settings.security.level === 'signature') throw new HelpdeskError('conflict')
  key.retiresAt = retiresAt
  for (const session of desk.sessions.filter(({ keyId }) => keyId === key.id)) {
    if (retiresAt !== null && retiresAt < session.expiresAt) session.expiresAt = retiresAt
  }
}

function toReport({ form, keyId, reason, expiresAt, trusted, unverified }: Finding): IdentityReport {
  if (reason === null && form !== null && form !== 'page' && form !== 'link' && form !== 'email') {
    const names = { trusted: Object.keys(trusted), unverified: Object.keys(unverified) }
    return { ok: true, form, keyId, reason, expiresAt, ...names, hints: [] }
  }
  const nothing = { form: null, keyId: null, expiresAt: null, trusted: [], unverified: [] }
  // What an `open` desk takes from a page has no signature that could be checked.
  return { ok: false, ...nothing, reason: reason ?? 'signature_missing', hints: hintsOf(reason) }
}

function hintsOf(reason: Finding['reason']): IdentityReport['hints'] {
  if (reason === 'signature_mismatch') {
    return [{ code: 'wrong_key', attribute: null, detail: 'No key of this desk made this signature.' }]
  }
  if (reason === 'signature_unknown_key') {
    return [{ code: 'retired_key', attribute: null, detail: 'The desk has no live key of this name.' }]
  }
  if (reason === 'signature_malformed') {
    return [{ code: 'not_hex', attribute: null, detail: 'A signature ends with 64 lower-case hex digits.' }]
  }
  return []
}

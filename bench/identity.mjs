// How much slower is verifyIdentity than Web Crypto's verify with an imported key and ready-made bytes?
import { performance } from 'node:perf_hooks'
import { canonicalIdentity, signIdentity, verifyIdentity } from '@helpdesk/core'
import { printTable } from './load/report.mjs'
import { median } from './load/rounds.mjs'

const now = 1_800_000_000
const desk = 'bench'
const secret = 'a secret that is long enough for anything: 0123456789'
const keys = [
  { id: 'k0', secret: `${secret} old` },
  { id: 'k1', secret },
]
const expires = now + 3600

const identities = Array.from({ length: 256 }, (_, n) => ({
  client_external_id: n,
  client_name: 'Sklep Rowerowy sp. z o.o.',
  user_email: `vera${n}@visitor.example`,
  user_external_id: `user-${n}`,
  user_name: 'Vera Kowalska',
}))

async function subjects() {
  const key = await crypto.subtle.importKey(
    'raw',
    Buffer.from(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['verify'],
  )
  const signed = await Promise.all(
    identities.map(async (identity) => {
      const signature = await signIdentity(identity, { desk, keyId: 'k1', secret, expires })
      const bytes = Buffer.from(canonicalIdentity(identity, { desk, expires }))
      return { identity, signature, mac: Buffer.from(signature.slice(-64), 'hex'), bytes }
    }),
  )
  const one = (n) => signed[n % signed.length]
  return {
    'Web Crypto': (n) => crypto.subtle.verify('HMAC', key, one(n).mac, one(n).bytes),
    core: async (n) => (await verifyIdentity(one(n).identity, one(n).signature, { desk, keys, now })).ok,
  }
}

/** @returns {Promise<number>} verifications per second, so many of them in flight */
async function speed(verify, inFlight, total) {
  let next = 0
  const begin = performance.now()
  const worker = async () => {
    while (next < total) if (!(await verify(next++))) throw new Error('A signature did not verify')
  }
  await Promise.all(Array.from({ length: inFlight }, worker))
  return (total / (performance.now() - begin)) * 1000
}

const all = Object.entries(await subjects())
for (const [inFlight, total] of [
  [1, 8_000],
  [64, 60_000],
]) {
  const found = Object.fromEntries(all.map(([name]) => [name, []]))
  for (let round = 0; round < 9; round++) {
    const order = Math.random() < 0.5 ? all : all.toReversed()
    for (const [name, verify] of order) {
      const perSecond = await speed(verify, inFlight, total)
      if (round > 0) found[name].push(perSecond)
    }
  }
  const rows = Object.entries(found).map(([name, values]) => [
    name,
    Math.round(median(values)).toLocaleString('en'),
  ])
  printTable([inFlight === 1 ? 'one after the other' : `${inFlight} in flight`, 'per second'], rows)
  const ratios = found.core.map((perSecond, round) => perSecond / found['Web Crypto'][round])
  console.log(`ratio core / Web Crypto: ${median(ratios).toFixed(2)}\n`)
}

import { randomBytes } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { demoHideRules, demoShop } from '@helpdesk/app-demo'
import { signIdentity } from '@helpdesk/core'
import { createDesk, createOwner, type Deps } from '@helpdesk/server'
import type { FastifyInstance } from 'fastify'
import { addDemoArticles } from './demo-articles.ts'
import { demoCategories } from './demo-categories.ts'
import { addSampleConversations, type Send, signedIn } from './demo-conversations.ts'
import { type DemoKey, readOrMakeKey } from './demo-key.ts'
import type { ServerConfig } from './env.ts'

/** Who signs in to the demo's dashboard. */
export interface DemoOwner {
  email: string
  password: string
}

const deskId = 'demo'
const oneDay = 86_400

/** Makes the demo's desk and its owner, if they are not there yet. */
export async function prepareDemo(deps: Deps, config: ServerConfig): Promise<DemoOwner> {
  const owner = config.owner ?? (await readOrMakeOwner(config.dataDir))
  try {
    await createDesk(deps, deps.db, {
      publicId: deskId,
      name: 'Slowpour',
      settings: {
        messaging: { enabled: true },
        widget: {
          messagingEnabled: true,
          color: '#c8431a',
          welcomeNote: {
            en: 'Good morning! Ask us about gear, beans or an order. We answer within minutes, at least while you try this demo.',
            pl: 'Dzień dobry! Pytaj o sprzęt, kawę albo zamówienie. Odpowiadamy w kilka minut, przynajmniej w tym demo.',
            uk: 'Доброго ранку! Питайте про прилади, каву чи замовлення. Відповідаємо за кілька хвилин, принаймні в цьому демо.',
            de: 'Guten Morgen! Frag uns nach Geräten, Bohnen oder einer Bestellung. Wir antworten in Minuten, zumindest in dieser Demo.',
            fr: 'Bonjour ! Une question sur le matériel, le café ou une commande ? Réponse en quelques minutes, du moins dans cette démo.',
            es: '¡Buenos días! Pregunta por utensilios, café o un pedido. Respondemos en minutos, al menos en esta demo.',
            cs: 'Dobré ráno! Ptejte se na vybavení, kávu nebo objednávku. Odpovídáme během minut, alespoň v tomto demu.',
            sk: 'Dobré ráno! Pýtajte sa na vybavenie, kávu alebo objednávku. Odpovedáme do pár minút, aspoň v tomto deme.',
          },
          hideRules: [...demoHideRules],
        },
      },
    })
  } catch (error) {
    if ((error as { code?: string }).code !== 'conflict') throw error
  }
  await createOwner(deps, { ...owner, name: 'Mia Lind', desk: { publicId: deskId } })
  return owner
}

/** Adds the shop and, the first time, a help centre and a few conversations to look at. */
export async function addDemo(
  app: FastifyInstance,
  owner: DemoOwner,
  clock: { now: () => Date },
  dataDir: string,
): Promise<void> {
  const key = Promise.withResolvers<DemoKey>()
  await demoShop(app, {
    prefix: '/demo',
    helpdeskBase: '',
    deskId,
    async vouchFor(identity) {
      const { id: keyId, secret } = await key.promise
      const expires = Math.floor(clock.now().getTime() / 1000) + oneDay
      return signIdentity(identity, { desk: deskId, keyId, secret, expires })
    },
  })
  await app.ready()
  const send = await signedIn(app, owner)
  key.resolve(await readOrMakeKey(send, deskId, dataDir))
  await addCategories(send)
  await addDemoArticles(send, deskId, clock)
  await send('POST', '/api/agents/sign-out')
  await addSampleConversations(app, deskId, owner, clock)
}

/** What a ticket can be about, if the desk has no categories yet. */
async function addCategories(send: Send): Promise<void> {
  const url = `/api/desks/${deskId}/categories`
  const { categories } = await send<{ categories: unknown[] }>('GET', url)
  if (categories.length === 0) for (const category of demoCategories) await send('POST', url, category)
}

/** The owner of the last start, or a new one with a random password. */
async function readOrMakeOwner(dataDir: string): Promise<DemoOwner> {
  const path = join(dataDir, 'demo-owner.json')
  try {
    const saved: Partial<DemoOwner> = JSON.parse(await readFile(path, 'utf8'))
    if (saved.email && saved.password) return { email: saved.email, password: saved.password }
  } catch {
    // Not there, or cut short: a new one is as good.
  }
  const owner = { email: 'owner@demo.example', password: speakablePassword() }
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  await writeFile(`${path}.new`, `${JSON.stringify(owner)}\n`, { mode: 0o600 })
  await rename(`${path}.new`, path)
  return owner
}

/** Sixteen letters and digits that do not look alike, in groups: 79 bits. */
function speakablePassword(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789'
  // A byte above the last multiple of 31 would prefer the first letters.
  const bytes = [...randomBytes(64)].filter((byte) => byte < 248)
  const letters = bytes.slice(0, 16).map((byte) => alphabet[byte % alphabet.length])
  return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join('')).join('-')
}

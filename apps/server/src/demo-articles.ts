import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { api, Body, Result } from '@helpdesk/core/api'
import type { Send } from './demo-conversations.ts'

/** Beside `src` as beside `dist`. */
const folder = fileURLToPath(new URL('../demo-articles', import.meta.url))
const day = 86_400_000

/** The collections of the demo shop's help centre, in their order. */
const collections: readonly Body<(typeof api)['collections']['create']>[] = [
  {
    slug: 'orders-and-delivery',
    name: {
      en: 'Orders and delivery',
      pl: 'Zamówienia i dostawa',
      uk: 'Замовлення та доставка',
      de: 'Bestellung und Lieferung',
      fr: 'Commandes et livraison',
      es: 'Pedidos y envíos',
      cs: 'Objednávky a doručení',
      sk: 'Objednávky a doručenie',
    },
    description: {
      en: 'Where your parcel is, how it goes back, and what it costs.',
      pl: 'Gdzie jest paczka, jak ją odesłać i ile to kosztuje.',
      de: 'Wo dein Paket ist, wie es zurückgeht und was es kostet.',
    },
  },
  {
    slug: 'brewing',
    name: {
      en: 'Brewing',
      pl: 'Parzenie',
      uk: 'Заварювання',
      de: 'Zubereitung',
      fr: 'Préparation',
      es: 'Preparación',
      cs: 'Příprava',
      sk: 'Príprava',
    },
    description: {
      en: 'Recipes and settings for a good cup.',
      pl: 'Przepisy i ustawienia na dobrą filiżankę.',
      de: 'Rezepte und Einstellungen für eine gute Tasse.',
    },
  },
  {
    slug: 'care-and-repair',
    name: {
      en: 'Care and repair',
      pl: 'Pielęgnacja i naprawa',
      uk: 'Догляд і ремонт',
      de: 'Pflege und Reparatur',
      fr: 'Entretien et réparation',
      es: 'Cuidado y reparación',
      cs: 'Péče a opravy',
      sk: 'Starostlivosť a opravy',
    },
    description: {
      en: 'What keeps your gear going for decades.',
      pl: 'Co sprawia, że sprzęt służy przez dekady.',
      de: 'Was deine Geräte jahrzehntelang am Laufen hält.',
    },
  },
  {
    slug: 'your-account',
    name: {
      en: 'Your account',
      pl: 'Twoje konto',
      uk: 'Ваш обліковий запис',
      de: 'Dein Konto',
      fr: 'Votre compte',
      es: 'Tu cuenta',
      cs: 'Váš účet',
      sk: 'Váš účet',
    },
    description: {
      en: 'Beans by post, signing in, and your data.',
      pl: 'Kawa pocztą, logowanie i Twoje dane.',
      de: 'Bohnen per Post, Anmeldung und deine Daten.',
    },
  },
]

/**
 * Fills an empty knowledge base from the folder of Markdown files, as an import does. While it does, the clock shows
 * some day of the last weeks, so that not everything was written at once.
 */
export async function addDemoArticles(send: Send, deskId: string, clock: { now: () => Date }): Promise<void> {
  const desk = `/api/desks/${deskId}`
  const known = await send<Result<(typeof api)['articles']['list']>>('GET', `${desk}/articles?limit=1`)
  if (known.articles.length > 0) return
  const { collections: kept } = await send<Result<(typeof api)['collections']['list']>>(
    'GET',
    `${desk}/collections`,
  )
  for (const collection of collections.filter(({ slug }) => !kept.some((one) => one.slug === slug)))
    await send('POST', `${desk}/collections`, collection)
  const files = await readArticles()
  const real = clock.now
  const now = real().getTime()
  try {
    for (const [place, file] of files.entries()) {
      clock.now = () => new Date(now - (files.length - place) * 3 * day)
      await send('POST', `${desk}/article-files`, file)
    }
  } finally {
    clock.now = real
  }
}

/** English first: an article's order is that in which it came. */
async function readArticles(): Promise<Body<(typeof api)['articles']['importFile']>[]> {
  const paths = (await readdir(folder, { recursive: true }))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md'))
  const first = (path: string) => Number(!path.startsWith('en/'))
  paths.sort((a, b) => first(a) - first(b) || (a < b ? -1 : 1))
  return Promise.all(
    paths.map(async (path) => ({ path, content: await readFile(`${folder}/${path}`, 'utf8') })),
  )
}

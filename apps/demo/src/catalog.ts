import type { IllustrationName } from './illustrations.ts'

/** Something the shop sells. */
export interface Product {
  slug: IllustrationName
  name: string
  /** One line for the card. */
  line: string
  /** Euro cents. */
  price: number
  /** Which tint lies behind its picture. */
  tint: 'mint' | 'butter' | 'blush' | 'sky'
  about: string
  facts: readonly (readonly [name: string, value: string])[]
}

/** Everything in the shop. */
export const products: readonly Product[] = [
  {
    slug: 'halo-dripper',
    name: 'Halo dripper',
    line: 'Porcelain pour-over cone',
    price: 3400,
    tint: 'mint',
    about:
      'Twelve spiral ribs keep the filter off the wall, so the water leaves when the coffee is ready and not before. Glazed inside and out; goes into the dishwasher without a second thought.',
    facts: [
      ['Cups', '1 to 3'],
      ['Filters', 'Cone, size 02'],
      ['Material', 'Porcelain'],
      ['Weight', '410 g'],
    ],
  },
  {
    slug: 'heron-kettle',
    name: 'Heron kettle',
    line: 'Gooseneck, to the degree',
    price: 8900,
    tint: 'sky',
    about:
      'A spout as thin as a pencil and a handle that balances when full: you decide where every drop goes. Holds its temperature for an hour and remembers it the next morning.',
    facts: [
      ['Volume', '0.9 l'],
      ['Temperature', '40 to 100 °C'],
      ['Power', '1,200 W'],
      ['Cable', '90 cm'],
    ],
  },
  {
    slug: 'no-3-grinder',
    name: 'No. 3 grinder',
    line: 'Hand grinder, steel burrs',
    price: 11900,
    tint: 'butter',
    about:
      'Thirty seconds by hand for two cups. Forty clicks between espresso and cold brew, each of them where you left it. The crank folds, so it travels.',
    facts: [
      ['Capacity', '30 g'],
      ['Burrs', 'Steel, 38 mm'],
      ['Settings', '40 clicks'],
      ['Weight', '480 g'],
    ],
  },
  {
    slug: 'otto-moka',
    name: 'Otto moka pot',
    line: 'Eight sides, no nonsense',
    price: 4200,
    tint: 'blush',
    about:
      'The pot that half of Europe grew up with, made from steel so that it works on induction, too. Comes with a second gasket, because you will need it in ten years.',
    facts: [
      ['Cups', '4'],
      ['Stoves', 'Gas, induction, electric'],
      ['Material', 'Stainless steel'],
      ['Weight', '620 g'],
    ],
  },
  {
    slug: 'nord-press',
    name: 'Nord press',
    line: 'French press, double filter',
    price: 5800,
    tint: 'sky',
    about:
      'Two filters instead of one: all of the body, none of the mud. The glass is thick, the frame keeps it off the table, and every part can be bought again.',
    facts: [
      ['Volume', '0.8 l'],
      ['Filter', 'Double, 200 µm'],
      ['Glass', 'Borosilicate'],
      ['Weight', '790 g'],
    ],
  },
  {
    slug: 'tara-scale',
    name: 'Tara scale',
    line: 'A tenth of a gram, with timer',
    price: 6500,
    tint: 'mint',
    about:
      'Starts its timer with the first drop and forgives a wet kitchen. Charges by USB-C twice a year. The display goes dark when nobody looks.',
    facts: [
      ['Range', '2 kg'],
      ['Steps', '0.1 g'],
      ['Battery', '6 months'],
      ['Size', '13 × 13 cm'],
    ],
  },
  {
    slug: 'pair-cups',
    name: 'A pair of cups',
    line: 'Stoneware, thrown by hand',
    price: 2800,
    tint: 'butter',
    about:
      'Made by Ilse in a workshop two streets from ours. No two are quite alike, which is how you tell yours from the other one.',
    facts: [
      ['Volume', '180 ml each'],
      ['Material', 'Stoneware'],
      ['Dishwasher', 'Yes'],
      ['Microwave', 'Yes'],
    ],
  },
  {
    slug: 'foggy-monday',
    name: 'Foggy Monday',
    line: 'Beans, 500 g, medium roast',
    price: 1600,
    tint: 'blush',
    about:
      'Hazelnut, dried apricot, and the feeling that the meeting could have been an e-mail. Roasted on Thursdays, sent on Fridays.',
    facts: [
      ['Origin', 'Huehuetenango, Guatemala'],
      ['Process', 'Washed'],
      ['Altitude', '1,700 m'],
      ['Roast', 'Medium'],
    ],
  },
]

/** The product with a slug, if there is one. */
export function findProduct(slug: string): Product | undefined {
  return products.find((product) => product.slug === slug)
}

/** Cents as people read them: `€34`, `€16.50`. */
export function formatPrice(cents: number): string {
  const digits = cents % 100 === 0 ? 0 : 2
  return new Intl.NumberFormat('en-IE', {
    style: 'currency',
    currency: 'EUR',
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(cents / 100)
}

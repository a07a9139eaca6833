/** Something that happened in a sample conversation, so many minutes before the demo was started. */
export type SampleStep = { ago: number } & (
  | { visitor: string }
  | { agent: string; resolve?: boolean }
  | { note: string }
  | { taken: true }
  | { readBy: 'visitor' | 'team' }
)

/** A conversation for the demo's inbox. The first step is the visitor's. */
export interface SampleConversation {
  name: string
  email: string
  /** Path of the page it was started on. */
  page: string
  steps: readonly SampleStep[]
}

const hour = 60
const day = 24 * hour

/** What people ask a shop for coffee gear. */
export const sampleConversations: readonly SampleConversation[] = [
  {
    name: 'Amélie Duval',
    email: 'amelie.duval@example.com',
    page: '/demo/products/heron-kettle',
    steps: [
      {
        ago: 3 * day + 95,
        visitor: 'Hello! My Heron kettle beeps three times and then stops heating. It is four months old.',
      },
      { ago: 3 * day + 90, readBy: 'team' },
      { ago: 3 * day + 88, taken: true },
      {
        ago: 3 * day + 84,
        agent:
          'Good morning Amélie! Three beeps mean that it feels limescale. Please boil it once with two spoons of citric acid, wait twenty minutes, and rinse.\n\nIf it still complains after that, we send you a new base, no questions.',
      },
      { ago: 3 * day + 83, readBy: 'visitor' },
      {
        ago: 3 * day + 20,
        visitor: 'That was it. It is quiet again and shines like new. Thank you for the quick answer!',
      },
      { ago: 3 * day + 18, readBy: 'team' },
      {
        ago: 3 * day + 16,
        agent: 'Wonderful. Enjoy the next few hundred pots!',
        resolve: true,
      },
      { ago: 3 * day + 15, readBy: 'visitor' },
    ],
  },
  {
    name: 'Priya Raman',
    email: 'priya@raman.example',
    page: '/demo',
    steps: [
      {
        ago: day + 5 * hour,
        visitor:
          'We are an office of fourteen and would like a standing order: 4 kg of Foggy Monday each month, with one invoice per quarter. Is that possible?',
      },
      { ago: day + 5 * hour - 4, readBy: 'team' },
      {
        ago: day + 4 * hour,
        note: 'Checked with the roastery: 4 kg is fine from December on. Ten per cent off from 3 kg.',
      },
      {
        ago: day + 3 * hour,
        agent:
          'Hello Priya, yes to all of it. From 3 kg a month the beans are ten per cent off, and the invoice comes at the end of each quarter. Shall we start on the first Friday of December?',
      },
      { ago: day + 3 * hour - 1, readBy: 'visitor' },
      { ago: day + 2 * hour, visitor: 'First Friday of December is perfect. Please go ahead.' },
      { ago: day + 2 * hour - 2, readBy: 'team' },
      { ago: day + hour, agent: 'Done! You will get a confirmation on Thursday.', resolve: true },
      { ago: day + hour - 1, readBy: 'visitor' },
    ],
  },
  {
    name: 'Jonas Weber',
    email: 'jonas.weber@example.com',
    page: '/demo/products/no-3-grinder',
    steps: [
      {
        ago: 5 * hour,
        visitor: 'Which setting do you use on the No. 3 for pour-over? Mine tastes a bit sour at 22 clicks.',
      },
      { ago: 5 * hour - 6, readBy: 'team' },
      { ago: 4 * hour, note: 'He bought the Halo dripper last week, so cone filters, size 02.' },
      {
        ago: 3 * hour + 40,
        agent:
          'Sour means too coarse or too cold. Try 18 clicks with water just off the boil, 15 g to 250 ml, and aim for three minutes.\n\nHow long does it take at 22?',
      },
    ],
  },
  {
    name: 'Lucía Ferrer',
    email: 'lucia.ferrer@example.com',
    page: '/demo/account',
    steps: [
      {
        ago: 2 * hour + 10,
        visitor:
          'Hola! One of the two cups arrived broken. The box looked fine from outside. What shall I do?',
      },
      { ago: 2 * hour + 9, readBy: 'team' },
      { ago: 2 * hour + 5, taken: true },
      {
        ago: 2 * hour,
        agent:
          'Hola Lucía, I am sorry! A new one leaves with tomorrow’s train. Please keep the other half: Ilse collects the shards for a mosaic.',
      },
      { ago: hour + 59, readBy: 'visitor' },
      { ago: hour + 50, visitor: 'What a nice idea! Do you want me to send the shards back?' },
      { ago: hour + 49, readBy: 'team' },
      { ago: hour + 45, note: 'Ask Ilse whether she wants them by post. Label is free for us under 2 kg.' },
      { ago: hour + 44, taken: true },
    ],
  },
  {
    name: 'Tomáš Dvořák',
    email: 'tomas.dvorak@example.com',
    page: '/demo/cart',
    steps: [
      { ago: 75, visitor: 'Dobrý den, potřeboval bych fakturu na firmu. Kde zadám IČO a DIČ?' },
      { ago: 74, readBy: 'team' },
      { ago: 70, taken: true },
    ],
  },
  {
    name: 'Marek Nowak',
    email: 'marek.nowak@example.com',
    page: '/demo/products/otto-moka',
    steps: [
      {
        ago: 34,
        visitor:
          'Dzień dobry, czy uszczelka do kawiarki Otto pasuje też do starszego modelu na sześć filiżanek?',
      },
      { ago: 31, visitor: 'Mam go od 2014 roku, na spodzie jest wybite „O6”.' },
    ],
  },
  {
    name: 'Oksana Koval',
    email: 'oksana.koval@example.com',
    page: '/demo',
    steps: [{ ago: 12, visitor: 'Доброго дня! Чи відправляєте ви до Львова, і скільки це коштує?' }],
  },
  {
    name: 'Sam',
    email: 'sam@example.com',
    page: '/demo/products/foggy-monday',
    steps: [{ ago: 4, visitor: 'Will there be a decaf Foggy Monday one day? Asking for a tired friend.' }],
  },
]

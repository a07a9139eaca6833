import type { HelpdeskSeed } from './seed.ts'

/**
 * Enough to look at: four contacts, one of a client, four conversations, one in each status, a ticket, and a small
 * knowledge base.
 */
export const sampleSeed: HelpdeskSeed = {
  desk: { name: 'Acme Support', widget: { welcomeNote: { en: 'We answer within a few minutes.' } } },
  agents: [
    { name: 'Ola Nowak', email: 'ola@example.com', role: 'owner' },
    { name: 'Sam Reed', email: 'sam@example.com', role: 'agent' },
  ],
  categories: [
    { code: 'billing', name: { en: 'Invoices and payments', pl: 'Faktury i płatności' } },
    {
      code: 'bug',
      name: { en: 'Something does not work', pl: 'Coś nie działa' },
      helpText: {
        en: 'Say what you did, and what happened instead.',
        pl: 'Opisz, co zrobiono i co się stało.',
      },
    },
  ],
  collections: [
    {
      slug: 'getting-started',
      name: { en: 'Getting started', pl: 'Pierwsze kroki' },
      description: {
        en: 'From the first sign-in to a team that works.',
        pl: 'Od logowania do pracy zespołu.',
      },
    },
    {
      slug: 'billing',
      name: { en: 'Invoices and payments', pl: 'Faktury i płatności' },
      description: { en: 'What you pay, and how.' },
    },
  ],
  articles: [
    {
      collection: 'getting-started',
      featured: true,
      texts: {
        en: {
          title: 'Invite your team',
          markdown:
            '## Send an invitation\n\nOpen **Settings**, then **Team**, and enter the e-mail addresses.\n\n' +
            '- Everybody gets a link that works for seven days.\n- Until it is used, you can take it back.',
          feedback: [{ helpful: true }, { helpful: true }],
        },
        pl: {
          title: 'Zaproś swój zespół',
          markdown:
            '## Wyślij zaproszenie\n\nOtwórz **Ustawienia**, potem **Zespół**, i wpisz adresy e-mail.',
        },
      },
    },
    {
      collection: 'getting-started',
      texts: {
        en: {
          title: 'Export your data',
          markdown:
            'Open a list and choose **Export**. Up to 1,000 rows come at once; longer lists are e-mailed.',
          feedback: [{ helpful: false, comment: 'Which format is it?' }, { helpful: true }],
        },
      },
    },
    {
      collection: 'billing',
      featured: true,
      texts: {
        en: {
          title: 'Change your invoice address',
          markdown:
            'Open **Settings**, then **Billing**.\n\n1. Enter the new address.\n2. Choose **Save**.\n\n' +
            'Invoices that were sent already stay as they are.',
        },
      },
    },
    {
      collection: 'billing',
      internal: true,
      texts: {
        en: {
          title: 'Refund limits',
          markdown: 'Up to 200 without asking; more needs the word of an owner.',
        },
      },
    },
  ],
  searches: [{ text: 'dark mode', times: 4 }],
  clients: [
    { externalId: 'northwind', name: 'Northwind Traders', email: 'it@northwind.example', plan: 'Team' },
  ],
  contacts: [{ externalId: 'u-17', name: 'Nina Kern', email: 'nina@northwind.example', client: 'northwind' }],
  conversations: [
    {
      contact: { name: 'Ann Lee', email: 'ann@example.com' },
      messages: [
        ['contact', 'How do I change my invoice address?'],
        ['agent', 'Under Settings, then Billing.'],
        ['contact', 'Found it, thank you!'],
      ],
      status: 'resolved',
      assignee: 'ola@example.com',
      read: true,
    },
    {
      contact: { name: 'Ben Ortiz', email: 'ben@example.com' },
      messages: [
        ['contact', 'The export stops at 1,000 rows.'],
        ['note', 'Reproduced, a fix is on its way.'],
        ['agent', 'We have found the cause. May we look at your file?'],
      ],
      assignee: 'sam@example.com',
      pageUrl: 'https://shop.example.com/exports',
    },
    {
      contact: { name: 'Ann Lee', email: 'ann@example.com' },
      messages: [['contact', 'Can two people share one account?']],
      assignee: 'ola@example.com',
      pageUrl: 'https://shop.example.com/team',
    },
    { contact: { email: 'eva@example.com' }, messages: [['contact', 'Hello, is anybody there?']] },
    {
      contact: { externalId: 'u-17' },
      subject: 'Prices have no decimals',
      category: 'bug',
      priority: 'high',
      messages: [['contact', 'Since this morning all prices are whole numbers.', [{ name: 'prices.png' }]]],
      pageUrl: 'https://shop.example.com/prices',
    },
  ],
}

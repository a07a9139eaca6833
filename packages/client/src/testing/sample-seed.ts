import type { HelpdeskSeed } from './seed.ts'

/** Enough to look at: four contacts, one of a client, four conversations, one in each status, and a ticket. */
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

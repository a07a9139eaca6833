import { letter } from './testing.ts'
import { ours } from './testing-reports.ts'

/** How answering machines and programs give themselves away. */
const marks: [string, Record<string, string>][] = [
  ['RFC 3834', { 'Auto-Submitted': 'auto-replied' }],
  ['RFC 3834, vacation', { 'Auto-Submitted': 'auto-replied (vacation)', 'Return-Path': '<>' }],
  ['a program', { 'Auto-Submitted': 'auto-generated' }],
  ['Gmail vacation', { 'Auto-Submitted': 'auto-replied', 'X-Autoreply': 'yes', Precedence: 'bulk' }],
  [
    'Exchange',
    {
      'Auto-Submitted': 'auto-generated',
      'X-MS-Exchange-Generated-Message-Source': 'Mailbox Rules Agent',
      'X-Auto-Response-Suppress': 'All',
    },
  ],
  ['an old autoresponder', { 'X-Autorespond': 'Away' }],
  ['cPanel', { 'X-Autorespond': 'Away', 'Auto-Submitted': 'auto-replied', Precedence: 'auto_reply' }],
  ['Plesk', { Precedence: 'auto_reply', 'X-AutoReply': 'true' }],
  ['X-Autoresponder', { 'X-Autoresponder': 'true' }],
  ['a list', { 'List-Id': '<news.visitor.example>' }],
  ['a newsletter', { 'List-Unsubscribe': '<mailto:stop@visitor.example>', Precedence: 'bulk' }],
  ['bulk', { Precedence: 'bulk' }],
  ['junk', { Precedence: 'junk' }],
  ['precedence list', { Precedence: 'list' }],
  ['the null path', { 'Return-Path': '<>' }],
  ['a provider’s feedback id', { 'Feedback-ID': 'a:b:c:d' }],
]
const away: [string, string][] = [
  [
    'Automatic reply: Your parcel (2647-1)',
    'I am out of the office until Monday. For urgent matters call Jan.',
  ],
  ['Odpowiedź automatyczna: Your parcel', 'Jestem poza biurem do poniedziałku.'],
  ['Автоматична відповідь', 'Я у відпустці до понеділка.'],
  ['Automatische Antwort', 'Ich bin bis Montag nicht im Büro.'],
  ['Réponse automatique', "Je suis absent jusqu'à lundi."],
]

/** 89 e-mails of answering machines, lists and programs, each an answer to ours by every sign that there is. */
export const autoSubmitted = [
  ...marks.flatMap(([name, fields]) =>
    away.map(([subject, text]) => ({ name: `${name}: ${subject}`, fields, subject, text })),
  ),
  ...[
    'Delivered',
    'Read',
    'Deleted',
    'Opened',
    'Displayed',
    'Processed',
    'Dispatched',
    'Denied',
    'Failed',
  ].map((what) => ({
    name: `a receipt: ${what}`,
    fields: { 'Auto-Submitted': 'auto-replied', 'X-Receipt': what },
    subject: `${what}: Your parcel (2647-1)`,
    text: 'This is a receipt for the mail that you sent.',
  })),
].map(({ name, fields, subject, text }) => ({
  name,
  raw: letter(
    {
      From: `Vera <${ours.address}>`,
      Subject: subject,
      'In-Reply-To': ours.messageId,
      References: ours.messageId,
      ...fields,
    },
    text,
  ),
}))

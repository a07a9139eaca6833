import { defaultDeskSettings, locales, replyDelimiters } from '@helpdesk/core'
import { describe, expect, test } from 'vitest'
import { defaultTemplates } from '../email-templates/defaults.ts'
import type { CoveredMessage } from './context-store.ts'
import { linkMail } from './link-mail.ts'
import { type MailInput, newMessageMail, replyMail, ticketCreatedMail } from './mails.ts'
import { mailLocales, mailTexts } from './texts.ts'

const conversationId = '01900000-0000-7000-8000-0000000000c1'

const message = (body: string, change: Partial<CoveredMessage> = {}): CoveredMessage => ({
  seq: 1,
  kind: 'reply',
  authorType: 'agent',
  authorId: 'a1',
  authorName: 'Anna Kowalska',
  body,
  attachments: null,
  createdAt: new Date('2026-11-21T12:00:00Z'),
  ...change,
})

function input(
  context: Partial<MailInput['context']> = {},
  messages = [message('Yes, it is in stock.')],
  change: Partial<MailInput> = {},
): MailInput {
  return {
    claimed: { id: '01900000-0000-7000-8000-0000000000n1', conversationId },
    context: {
      number: '2647-2',
      title: 'Printer on fire',
      contactId: 'k1',
      contactReadSeq: 0,
      pageUrl: 'https://shop.example/lamps?id=7#top',
      linkVersion: 1,
      linkRevoked: true,
      publicId: 'acme',
      settings: { ...defaultDeskSettings, name: 'Acme', timeZone: 'Europe/Warsaw' },
      contactName: 'Jan Nowak',
      contactEmail: 'jan@nowak.example',
      contactEmailVerified: true,
      contactOptedOut: false,
      contactBounced: false,
      agentName: 'Anna Kowalska',
      agentEmail: 'anna@acme.example',
      agentLocale: 'en',
      agentNotify: {},
      channel: 'widget',
      assigneeId: null,
      agentReadSeq: 0,
      ...context,
    },
    messages,
    hasEarlier: false,
    template: { subject: '[{{desk.name}}] {{ticket.title}} ({{ticket.number}})', body: '' },
    sender: { name: null, address: 'support@acme.example' },
    replyTo: null,
    thread: { ids: [], subject: null },
    unsubscribe: null,
    publicLink: null,
    config: { publicUrl: 'https://desk.example/helpdesk', mailFrom: { address: 'support@acme.example' } },
    ...change,
  }
}

/** What a reader sees of an HTML mail, roughly. */
const visible = (html: string) =>
  html
    .replace(/<head>[\s\S]*<\/head>/, '')
    .replace(/<br\/?>|<\/(p|div|h1)>/g, '\n')
    .replace(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')

const words = (text: string) => text.split(/\s+/).filter(Boolean)

describe('the e-mail to a contact', () => {
  test('says who answered, what, and where to go on', () => {
    const mail = replyMail(input(), 'jan@nowak.example')
    expect(mail).toMatchObject({
      from: { name: 'Anna Kowalska (Acme)', address: 'support@acme.example' },
      to: { name: 'Jan Nowak', address: 'jan@nowak.example' },
      subject: '[Acme] Printer on fire (2647-2)',
      messageId: '<hd.01900000-0000-7000-8000-0000000000n1@acme.example>',
      inReplyTo: `<hd.conversation.${conversationId}@acme.example>`,
      references: [`<hd.conversation.${conversationId}@acme.example>`],
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
    expect(mail.text).toBe(`You have a new reply
Acme · Conversation 2647-2
Printer on fire

Anna Kowalska, Nov 21, 2026, 1:00 PM
Yes, it is in stock.

Open the conversation:
https://shop.example/lamps?id=7#top

--
You are receiving this e-mail because this address was given in a conversation with Acme. If that was not you, please ignore it.
`)
  })

  test('joins several messages, oldest first, each with its author', () => {
    const two = [message('One'), message('Two', { authorName: 'Ewa', authorId: 'a2' })]
    const mail = replyMail(input({}, two), 'jan@nowak.example')
    expect(mail.text).toMatch(/^You have new replies\n/)
    expect(mail.from.name).toBe('Acme')
    expect(mail.text).toMatch(/Anna Kowalska, .*\nOne\n\nEwa, .*\nTwo\n/)
  })

  test('speaks the language of the desk', () => {
    const settings = { ...defaultDeskSettings, name: 'Żółw', locale: 'pl', timeZone: 'Europe/Warsaw' }
    const mail = replyMail(input({ settings }), 'jan@nowak.example')
    expect(mail.text).toMatch(/^Masz nową odpowiedź\nŻółw · Rozmowa 2647-2\n/)
    expect(mail.text).toContain('21 lis 2026, 13:00')
    expect(mail.html).toContain('<html lang="pl">')
  })

  test.each([
    ['an unproved address', { contactEmailVerified: false }],
    ['no page', { pageUrl: null }],
    ['a script', { pageUrl: 'javascript:alert(1)' }],
    ['a file', { pageUrl: 'file:///etc/passwd' }],
    ['a disguised host', { pageUrl: 'https://shop.example@evil.example/' }],
    ['nonsense', { pageUrl: 'shop' }],
  ])('A27: links to the desk itself with %s', (_, context) => {
    const mail = replyMail(input(context), 'jan@nowak.example')
    expect(mail.text).toContain(
      'Go to Acme:\nhttps://desk.example/helpdesk\n\nTo answer, open the chat on the page',
    )
    expect([...mail.html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([
      'https://desk.example/helpdesk',
    ])
  })

  test('links to the page of the conversation, also for an unproved address', () => {
    const publicLink = 'https://desk.example/helpdesk/t/token'
    const mail = replyMail({ ...input({ contactEmailVerified: false }), publicLink }, 'jan@nowak.example')
    expect(mail.text).toContain(`Open the conversation:\n${publicLink}`)
    expect([...mail.html.matchAll(/href="([^"]*)"/g)].map((match) => match[1])).toEqual([publicLink])
  })

  test('A27: nothing that a visitor wrote goes to an unproved address', () => {
    const context = {
      contactEmailVerified: false,
      title: 'VISITOR title',
      contactName: 'VISITOR name',
      contactEmail: 'visitor@written.example',
      pageUrl: 'https://VISITOR.example/page',
    }
    const every = '{{ticket.title}} {{contact.name}} {{contact.email}}'
    const template = { subject: every, body: every }
    const asked = [message('VISITOR words', { authorType: 'contact', authorName: 'VISITOR name' })]
    for (const mail of [
      replyMail(input(context, undefined, { template }), 'visitor@written.example'),
      ticketCreatedMail(input(context, asked, { template }), 'visitor@written.example'),
    ]) {
      expect(mail.to).toEqual({ name: '', address: 'visitor@written.example' })
      expect(JSON.stringify({ ...mail, to: null })).not.toMatch(/visitor/i)
      expect(mail.subject).toBe('Your request customer your address')
    }
  })
})

describe('the e-mail to an agent', () => {
  const asked = [message('Is it in stock?', { authorType: 'contact', authorName: null })]

  test('says who wrote, what, and links to the dashboard', () => {
    const mail = newMessageMail(input({ contactEmailVerified: false }, asked), 'anna@acme.example')
    expect(mail).toMatchObject({
      from: { name: 'Acme', address: 'support@acme.example' },
      to: { name: 'Anna Kowalska', address: 'anna@acme.example' },
      subject: '[Acme] Printer on fire (2647-2)',
    })
    expect(mail.text).toBe(`New message from Jan Nowak
Conversation 2647-2 · Printer on fire
jan@nowak.example (not verified)

Jan Nowak, Nov 21, 2026, 1:00 PM
Is it in stock?

Open in the dashboard:
https://desk.example/helpdesk/dashboard/#/desks/acme/conversations/${conversationId}

--
You are receiving this e-mail because you answer for Acme.
`)
  })

  test.each([
    ['the address', { contactName: null }, 'New message from jan@nowak.example'],
    ['neither name nor address', { contactName: null, contactEmail: null }, 'New message from a visitor'],
    ['an invisible name', { contactName: '\u200b\u202e' }, 'New message from jan@nowak.example'],
  ])('names a contact by %s', (_, context, title) => {
    expect(newMessageMail(input(context, asked), 'anna@acme.example').text).toMatch(new RegExp(`^${title}\n`))
  })

  test.each([
    ['en', 'New message from a visitor', 'Visitor'],
    ['de', 'Neue Nachricht von einem Besucher', 'Besucher'],
    ['fr', 'Nouveau message d’un visiteur', 'Visiteur'],
  ])('names nobody as its language does: %s', (agentLocale, title, visitor) => {
    const template = { subject: 'New', body: '{{contact.name}}.' }
    const nobody = { contactName: null, contactEmail: null, agentLocale }
    const { text } = newMessageMail(
      input(nobody, [message('Hello', { authorType: 'contact', authorName: null })], { template }),
      'anna@acme.example',
    )
    expect(text).toMatch(
      new RegExp(`^${title}\n[\\s\\S]*\n${visitor}\\.\n[\\s\\S]*\n${visitor}, .*\nHello\n`),
    )
  })

  test('A53: carries no reply address of the contact and marks itself as automatic', () => {
    const mail = newMessageMail(input({}, asked), 'anna@acme.example')
    expect(mail.replyTo).toBeUndefined()
    expect(mail.headers).toEqual({ 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' })
  })
})

describe('the confirmation of a ticket', () => {
  const asked = [message('It burns.', { authorType: 'contact', authorName: null })]

  test('repeats title and text to a proved address', () => {
    const mail = ticketCreatedMail(input({}, asked), 'jan@nowak.example')
    expect(mail).toMatchObject({
      from: { name: 'Acme', address: 'support@acme.example' },
      to: { name: 'Jan Nowak', address: 'jan@nowak.example' },
      subject: '[Acme] Printer on fire (2647-2)',
    })
    expect(mail.text).toMatch(
      /^We have received your request\nAcme · Conversation 2647-2\nPrinter on fire\n\nYou, .*\nIt burns\.\n/,
    )
  })

  test('A27: is number, link and fixed words to any other', () => {
    const publicLink = 'https://desk.example/helpdesk/t/token'
    const context = { contactEmailVerified: false }
    const mail = ticketCreatedMail(input(context, asked, { publicLink }), 'jan@nowak.example')
    expect(mail.subject).toBe('[Acme] Your request (2647-2)')
    expect(mail.text).toBe(`We have received your request
Acme · Conversation 2647-2

Open the conversation:
${publicLink}

--
You are receiving this e-mail because this address was given in a conversation with Acme. If that was not you, please ignore it.
`)
  })
})

describe('where answers by e-mail come in', () => {
  const replyTo = 'reply+token@in.example'

  test('both forms begin with the line above which to write, in the reader’s language', () => {
    for (const [locale, line] of Object.entries(replyDelimiters)) {
      const settings = { ...defaultDeskSettings, name: 'Acme', locale }
      const mail = replyMail(input({ settings }, undefined, { replyTo }), 'jan@nowak.example')
      expect(mail.text.startsWith(`${line}\n\n`)).toBe(true)
      expect(visible(mail.html).trim().startsWith(line)).toBe(true)
      expect(mail.replyTo).toEqual({ name: 'Acme', address: replyTo })
    }
  })

  test('and say how; elsewhere nothing speaks of it', () => {
    const agentMail = (change: object) =>
      newMessageMail(input({ agentLocale: 'en' }, undefined, change), 'anna@acme.example')
    expect(replyMail(input({}, undefined, { replyTo }), 'a@b.example').text).toContain('simply reply to this')
    expect(agentMail({ replyTo }).text).toContain('#resolve')
    for (const mail of [replyMail(input(), 'a@b.example'), agentMail({})]) {
      expect(mail.replyTo).toBeUndefined()
      expect(`${mail.text}${mail.html}`).not.toMatch(/##-|#resolve|reply to this e-mail/i)
    }
  })
})

describe('one thread', () => {
  const ids = ['<hd.n0@acme.example>', '<theirs@mail.example>']

  test('names what the recipient has, its newest last', () => {
    const mail = replyMail(input({}, undefined, { thread: { ids, subject: null } }), 'a@b.example')
    expect(mail.references).toEqual([`<hd.conversation.${conversationId}@acme.example>`, ...ids])
    expect(mail.inReplyTo).toBe('<theirs@mail.example>')
    expect(mail.subject).toBe('Re: [Acme] Printer on fire (2647-2)')
  })

  test.each([
    ['Lamp broken', 'Re: Lamp broken'],
    ['Re: Lamp broken', 'Re: Lamp broken'],
    ['AW: Re[2]: Odp: Відп: Fwd: Lamp broken', 'Re: Lamp broken'],
    ['Re: re: ', 'Re: [Acme] Printer on fire (2647-2)'],
    ['Regarding: lamps', 'Re: Regarding: lamps'],
  ])('keeps the subject that its reader has: %s', (newest, subject) => {
    const thread = { ids, subject: newest }
    const mail = replyMail(input({}, undefined, { thread }), 'a@b.example')
    expect(mail.subject).toBe(subject)
    expect(mail.html).toContain('<title>Re: ')
  })
})

test('a number is kept in one piece where a line ends', () => {
  const template = { subject: 'New', body: 'Your request {{ticket.number}} is answered, not 2647-29.' }
  const { html, text } = replyMail(input({}, undefined, { template }), 'a@b.example')
  const kept = [...html.matchAll(/<span style="white-space:\s?nowrap;?">([^<]*)<\/span>/g)]
  expect(kept.map(([, piece]) => piece)).toEqual(['2647-2', '2647-2', '2647-2'])
  expect(text).toContain('Your request 2647-2 is answered')
})

describe('no more e-mails', () => {
  const unsubscribe = { page: 'https://desk.example/p/u', oneClick: 'https://desk.example/api/u' }

  test('can be asked for in every mail to a contact, by program and by hand', () => {
    for (const make of [replyMail, ticketCreatedMail]) {
      const mail = make(input({}, undefined, { unsubscribe }), 'a@b.example')
      expect(mail.headers).toMatchObject({
        'List-Unsubscribe': '<https://desk.example/api/u>',
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        'Auto-Submitted': 'auto-generated',
      })
      expect(mail.text).toContain('Unsubscribe from these e-mails:\nhttps://desk.example/p/u\n')
      expect(mail.html).toContain('href="https://desk.example/p/u"')
    }
  })

  test('also by e-mail where e-mail comes in', () => {
    const replyTo = 'reply+token@in.example'
    const mail = replyMail(input({}, undefined, { unsubscribe, replyTo }), 'a@b.example')
    expect(mail.headers['List-Unsubscribe']).toBe(
      '<https://desk.example/api/u>, <mailto:reply+token@in.example?subject=unsubscribe>',
    )
  })

  test('are nothing for agents', () => {
    const mail = newMessageMail(input({}, undefined, { unsubscribe }), 'a@b.example')
    expect(mail.headers['List-Unsubscribe']).toBeUndefined()
    expect(mail.text).not.toContain('desk.example/p/u')
  })
})

describe('files', () => {
  const file = (name: string) => ({
    id: 'f1',
    name,
    type: 'application/pdf',
    bytes: 1_234_567,
    width: null,
    height: null,
    preview: false,
  })
  const sent = [message('', { attachments: [file('Rechnung Nr. 7.pdf')] })]

  test('are links of the conversation to a contact, with name and size', () => {
    const publicLink = 'https://desk.example/helpdesk/t/token'
    const mail = replyMail(input({}, sent, { publicLink }), 'a@b.example')
    expect(mail.text).toContain(`Attachments:\n- Rechnung Nr. 7.pdf (1.2 MB):\n${publicLink}/files/f1\n`)
    expect(mail.html).toContain(`href="${publicLink}/files/f1"`)
  })

  test('are named only where the link was revoked, and to agents', () => {
    for (const make of [replyMail, newMessageMail]) {
      const mail = make(input({}, sent), 'a@b.example')
      expect(mail.text).toContain('- Rechnung Nr. 7.pdf (1.2 MB)\n')
      expect(`${mail.text}${mail.html}`).not.toContain('/files/')
    }
  })
})

describe('the e-mail with a one-time link', () => {
  const link = {
    id: 'l1',
    to: 'jan@nowak.example',
    locale: 'en',
    url: 'https://desk.example/r#t',
    code: '012345',
  }
  const of = (locale: (typeof locales)[number]) => ({
    desk: { settings: { ...defaultDeskSettings, name: 'Acme' } },
    template: defaultTemplates[locale].email_link,
    sender: { name: null, address: 'support@acme.example' },
    locale,
    config: { publicUrl: 'https://desk.example', mailFrom: { address: 'support@acme.example' } },
  })

  test('has the link and the code, says how long they hold, and what to do if it was somebody else', () => {
    const mail = linkMail(of('en'), link)
    expect(mail).toMatchObject({
      from: { name: 'Acme', address: 'support@acme.example' },
      to: { name: '', address: 'jan@nowak.example' },
      subject: '[Acme] The link to your conversations',
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    expect(mail.text).toContain('Open my conversations:\nhttps://desk.example/r#t\n')
    expect(mail.text).toContain('Or type this code:\n012345\n')
    expect(mail.text).toMatch(/15 minutes[\s\S]*ignore this e-mail/)
    expect(mail.subject).not.toContain('012345')
    expect(visible(mail.html)).toContain('012345')
  })

  test.each(locales)('speaks %s', (locale) => {
    const { subject, text, html } = linkMail(of(locale), link)
    expect(subject).toMatch(/^\[Acme\] \S/)
    expect(text).toContain('15')
    expect(html).toContain(`<html lang="${locale}">`)
  })
})

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  '</style></div></body></html><h1>x</h1>',
  '&lt;b&gt; &amp;amp; &#x3c;',
  '{{constructor.constructor("x")()}}',
  '<!-- --><a href="javascript:alert(1)">x</a>',
  'x\r\nBcc: evil@x.example\r\n\r\nbody',
  '\u202eevil\u2066 \u200bzero',
  '<img src="https://evil.example/pixel.png">',
]

describe('A26, A28: hostile text', () => {
  test.each(hostile)('%j stays text in both forms, wherever it stands', (text) => {
    const context = {
      number: text,
      title: text,
      contactName: text,
      agentName: text,
      settings: {
        ...defaultDeskSettings,
        name: text,
        widget: { ...defaultDeskSettings.widget, color: text },
      },
    }
    const attachments = [
      { id: 'f1', name: text, type: 'text/plain', bytes: 12, width: null, height: null, preview: false },
    ]
    const messages = [message(text, { authorName: text, attachments })]
    const every =
      '{{ticket.title}} {{contact.name}} {{contact.email}} {{desk.name}} {{ticket.number}} {{agent.name}}'
    const change = {
      template: { subject: every, body: every },
      thread: { ids: [], subject: text },
      replyTo: 'reply+token@in.example',
    }
    const first = { ...change, thread: { ids: [], subject: null } }
    for (const mail of [
      replyMail(input(context, messages, change), 'a@x.example'),
      replyMail(input(context, messages, first), 'a@x.example'),
      ticketCreatedMail(input(context, messages, first), 'a@x.example'),
      newMessageMail(input({ ...context, contactEmail: text }, messages, change), 'a@x.example'),
    ]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      const control = /[\u0000-\u001f\u200b\u202e\u2066]/
      for (const line of [mail.subject, mail.from.name, mail.to.name, mail.replyTo?.name])
        expect(line).not.toMatch(control)
      const tags = new Set(
        [...mail.html.matchAll(/<\/?([a-z!][a-z0-9-]*)/gi)].map((match) => match[1]?.toLowerCase()),
      )
      for (const tag of ['script', 'img', 'iframe', 'svg', 'link', '!--']) expect(tags).not.toContain(tag)
      expect(mail.html.match(/<(html|body|style|h1)[\s>]/g)).toHaveLength(4)
      expect(mail.html).not.toMatch(/<[^>]*\s(on\w+|src)=/i)
      expect(mail.html).not.toMatch(/url\(|@import|javascript:[^<]*"/i)
    }
  })

  test.each([...hostile, 'Line one\n  indented & "quoted"\n\nhttps://acme.example/a?b=1&c=2 <ok>'])(
    'the two forms say the same: %j',
    (text) => {
      for (const make of [replyMail, ticketCreatedMail, newMessageMail]) {
        const attachments = [
          { id: 'f1', name: 'a b.pdf', type: 'x', bytes: 12_345, width: null, height: null, preview: false },
        ]
        const said = [message(text, { attachments }), message('Second')]
        const change = {
          template: { subject: 'x', body: `Above\n${text}` },
          replyTo: 'reply+token@in.example',
          publicLink: 'https://desk.example/helpdesk/t/token',
          unsubscribe: { page: 'https://desk.example/helpdesk/p/u', oneClick: 'https://desk.example/u' },
        }
        const mail = make(input({ contactName: text }, said, change), 'a@x.example')
        const isShown = words(visible(mail.html)).join(' ')
        // The text form writes addresses of buttons and files out; everything else is word for word the same.
        const isWritten = words(
          mail.text.replace(/:\nhttps:\/\/desk\S+\n/g, '\n').replace('\n--\n', '\n'),
        ).join(' ')
        expect(isShown.replaceAll(' ,', ',')).toBe(isWritten)
      }
    },
  )

  test('no name, number or subject is endless', () => {
    const long = 'ż'.repeat(50_000)
    const settings = { ...defaultDeskSettings, name: long }
    const context = { settings, number: long, title: long, contactName: long, agentName: long }
    for (const make of [replyMail, ticketCreatedMail, newMessageMail]) {
      const mail = make(input(context, [message('x', { authorName: long })]), 'a@x.example')
      expect(mail.subject.length).toBeLessThan(300)
      expect(mail.from.name.length).toBeLessThan(300)
      expect(mail.to.name.length).toBeLessThan(300)
    }
  })
})

describe('the words', () => {
  test('exist in every language for every text, and differ', () => {
    expect(mailLocales).toEqual(locales)
    const say = (locale: string) =>
      Object.entries(mailTexts([locale]).texts).map(([key, text]): [string, string] => [
        key,
        typeof text === 'function' ? (text as (...args: unknown[]) => string)(1, 'x') : text,
      ])
    const english = new Map(say('en'))
    for (const locale of locales.filter((one) => one !== 'en')) {
      for (const [key, text] of say(locale)) {
        expect(text).not.toBe('')
        // French has the same word for a conversation.
        if (`${locale} ${key}` !== 'fr conversation')
          expect(text, `${locale} ${key}`).not.toBe(english.get(key))
      }
    }
  })

  test('are English where there is no other', () => {
    expect(mailTexts(['nl']).locale).toBe('en')
    expect(mailTexts([null, 'pl-PL']).locale).toBe('pl')
  })
})

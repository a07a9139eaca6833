import { defaultDeskSettings, locales } from '@helpdesk/core'
import { describe, expect, test } from 'vitest'
import { type MailInput, newMessageMail, replyMail } from './mails.ts'
import type { CoveredMessage } from './store.ts'
import { mailLocales, mailTexts } from './texts.ts'

const conversationId = '01900000-0000-7000-8000-0000000000c1'

const message = (body: string, change: Partial<CoveredMessage> = {}): CoveredMessage => ({
  seq: 1,
  kind: 'reply',
  authorType: 'agent',
  authorId: 'a1',
  authorName: 'Anna Kowalska',
  body,
  createdAt: new Date('2026-11-21T12:00:00Z'),
  ...change,
})

function input(
  context: Partial<MailInput['context']> = {},
  messages = [message('Yes, it is in stock.')],
): MailInput {
  return {
    claimed: { id: '01900000-0000-7000-8000-0000000000n1', conversationId },
    context: {
      number: '2647-2',
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
    publicLink: null,
    config: { publicUrl: 'https://desk.example/helpdesk', mailFrom: { address: 'support@acme.example' } },
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
      subject: '[Acme] New reply (2647-2)',
      messageId: '<hd.01900000-0000-7000-8000-0000000000n1@acme.example>',
      inReplyTo: `<hd.conversation.${conversationId}@acme.example>`,
      references: [`<hd.conversation.${conversationId}@acme.example>`],
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' },
    })
    expect(mail.text).toBe(`You have a new reply
Acme · Conversation 2647-2

Anna Kowalska, Nov 21, 2026, 1:00 PM
Yes, it is in stock.

Open the conversation:
https://shop.example/lamps?id=7#top

--
You get this e-mail because this address was given in a conversation with Acme. If that was not you, please ignore it.
`)
  })

  test('joins several messages, oldest first, each with its author', () => {
    const two = [message('One'), message('Two', { authorName: 'Ewa', authorId: 'a2' })]
    const mail = replyMail(input({}, two), 'jan@nowak.example')
    expect(mail.subject).toBe('[Acme] New replies (2647-2)')
    expect(mail.from.name).toBe('Acme')
    expect(mail.text).toMatch(/Anna Kowalska, .*\nOne\n\nEwa, .*\nTwo\n/)
  })

  test('speaks the language of the desk', () => {
    const settings = { ...defaultDeskSettings, name: 'Żółw', locale: 'pl', timeZone: 'Europe/Warsaw' }
    const mail = replyMail(input({ settings }), 'jan@nowak.example')
    expect(mail.subject).toBe('[Żółw] Nowa odpowiedź (2647-2)')
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
      contactName: 'VISITOR name',
      contactEmail: 'visitor@written.example',
      pageUrl: 'https://VISITOR.example/page',
    }
    const mail = replyMail(input(context), 'visitor@written.example')
    expect(mail.to).toEqual({ name: '', address: 'visitor@written.example' })
    expect(JSON.stringify({ ...mail, to: null })).not.toMatch(/visitor/i)
  })
})

describe('the e-mail to an agent', () => {
  const asked = [message('Is it in stock?', { authorType: 'contact', authorName: null })]

  test('says who wrote, what, and links to the dashboard', () => {
    const mail = newMessageMail(input({ contactEmailVerified: false }, asked), 'anna@acme.example')
    expect(mail).toMatchObject({
      from: { name: 'Acme', address: 'support@acme.example' },
      to: { name: 'Anna Kowalska', address: 'anna@acme.example' },
      subject: '[Acme] New message (2647-2)',
    })
    expect(mail.text).toBe(`New message from Jan Nowak
Conversation 2647-2
jan@nowak.example (not verified)

Jan Nowak, Nov 21, 2026, 1:00 PM
Is it in stock?

Open in the dashboard:
https://desk.example/helpdesk/dashboard/#/desks/acme/conversations/${conversationId}

--
You get this e-mail because you answer for Acme.
`)
  })

  test.each([
    ['the address', { contactName: null }, 'New message from jan@nowak.example'],
    ['neither name nor address', { contactName: null, contactEmail: null }, 'New message from a visitor'],
    ['an invisible name', { contactName: '\u200b\u202e' }, 'New message from jan@nowak.example'],
  ])('names a contact by %s', (_, context, title) => {
    expect(newMessageMail(input(context, asked), 'anna@acme.example').text).toMatch(new RegExp(`^${title}\n`))
  })

  test('A53: carries no reply address of the contact and marks itself as automatic', () => {
    const mail = newMessageMail(input({}, asked), 'anna@acme.example')
    expect(mail.replyTo).toBeUndefined()
    expect(mail.headers).toEqual({ 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' })
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
      contactName: text,
      agentName: text,
      settings: {
        ...defaultDeskSettings,
        name: text,
        widget: { ...defaultDeskSettings.widget, color: text },
      },
    }
    const messages = [message(text, { authorName: text })]
    for (const mail of [
      replyMail(input(context, messages), 'a@x.example'),
      newMessageMail(input({ ...context, contactEmail: text }, messages), 'a@x.example'),
    ]) {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
      const control = /[\u0000-\u001f\u200b\u202e\u2066]/
      for (const line of [mail.subject, mail.from.name, mail.to.name]) expect(line).not.toMatch(control)
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
      for (const make of [replyMail, newMessageMail]) {
        const mail = make(input({ contactName: text }, [message(text), message('Second')]), 'a@x.example')
        const isShown = words(visible(mail.html)).join(' ')
        // The text form writes the button's address out; everything else is word for word the same.
        const isWritten = words(mail.text.replace(/:\nhttps:\S+\n\n/, '\n\n').replace('\n--\n', '\n')).join(
          ' ',
        )
        expect(isShown.replaceAll(' ,', ',')).toBe(isWritten)
      }
    },
  )

  test('no name, number or subject is endless', () => {
    const long = 'ż'.repeat(50_000)
    const settings = { ...defaultDeskSettings, name: long }
    const context = { settings, number: long, contactName: long, agentName: long }
    for (const make of [replyMail, newMessageMail]) {
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

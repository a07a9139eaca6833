import type { Api, Body, Query, Result } from '@helpdesk/core/api'
import { routes } from '@helpdesk/core/api'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { createAgentClient } from './agent-client.ts'
import { emailLinks } from './email-links.ts'
import type {
  AgentChange,
  AgentClient,
  AgentReply,
  ConversationChange,
  EmailUpdate,
  HistoryQuery,
  IdentifyInput,
  InboxQuery,
  ReplyInput,
  Setup,
  SignIn,
  StartInput,
  TicketInput,
  TicketsQuery,
  VisitorClient,
} from './index.ts'
import { createVisitorClient } from './visitor-client.ts'

const file = new File(['a,b'], 'prices.csv')
const id = '01900000-0000-7000-8000-000000000001'

/** Calls every method of both clients once; answers what they asked for. */
async function callEverything(): Promise<string[]> {
  const seen: string[] = []
  const fetch = async (url: RequestInfo | URL, init?: RequestInit) => {
    seen.push(`${init?.method} ${new URL(String(url)).pathname}`)
    return Response.json({ events: [], cursor: 0, more: false })
  }
  const visitor = createVisitorClient({ url: 'http://desk.test', desk: 'acme', fetch })
  const agent = createAgentClient({ url: 'http://desk.test', fetch })
  await visitor.settings()
  await visitor.conversations.start({ message: 'Hi' })
  await visitor.conversations.reply({ conversationId: id, message: 'Hi' })
  await visitor.conversations.history()
  await visitor.conversations.messages(id)
  await visitor.conversations.unread()
  await visitor.conversations.markRead(id, 1)
  await visitor.conversations.typing(id)
  await visitor.contacts.updateEmail({ email: 'ann@example.com' })
  await emailLinks(visitor).request({ email: 'ann@example.com' })
  await emailLinks(visitor).redeem({ token: 't' })
  await visitor.identify({ identity: { user_email: 'ann@example.com' }, signature: 'x' })
  await visitor.signOut()
  await visitor.tickets.form({ locale: 'pl' })
  await visitor.tickets.create({ title: 'Broken', content: 'It is.' })
  await visitor.tickets.list()
  await visitor.tickets.get('2647-1')
  await visitor.tickets.openLink('token')
  await visitor.uploadAttachment(file)
  await visitor.articles.home()
  await visitor.articles.read('invite-your-team')
  await visitor.articles.search('team')
  await visitor.articles.rate('invite-your-team', { helpful: true })
  await agent.agents.setupState()
  await agent.agents.setup({
    setupToken: 's',
    name: 'A',
    email: 'a@b.cc',
    password: '1234567890',
    deskName: 'D',
  })
  await agent.agents.signIn({ email: 'a@b.cc', password: 'x' })
  await agent.agents.signOut()
  await agent.agents.me()
  await agent.agents.updateMe({ name: 'A' })
  await agent.desks.list()
  await agent.desks.get('acme')
  await agent.desks.update('acme', { name: 'D' })
  await agent.conversations.list('acme')
  await agent.conversations.counts('acme')
  await agent.conversations.get('acme', id)
  await agent.conversations.messages('acme', id)
  await agent.conversations.reply('acme', id, { message: 'Hi' })
  await agent.conversations.note('acme', id, { message: 'Hi' })
  await agent.conversations.update('acme', id, { status: 'resolved' })
  await agent.conversations.markRead('acme', id, 1)
  await agent.conversations.typing('acme', id)
  await agent.publicLink.get('acme', id)
  await agent.publicLink.replace('acme', id)
  await agent.publicLink.revoke('acme', id)
  await agent.contacts.list('acme', { search: 'ann' })
  await agent.contacts.get('acme', id)
  await agent.contacts.update('acme', id, { emailBounce: null })
  await agent.contacts.merge('acme', id, id)
  await agent.contacts.undoMerge('acme', id)
  await agent.categories.list('acme')
  await agent.categories.create('acme', { code: 'bug', name: { en: 'Bug' } })
  await agent.categories.update('acme', id, { code: 'bugs' })
  await agent.categories.remove('acme', id)
  await agent.categories.order('acme', [id])
  await agent.secrets.list('acme')
  await agent.secrets.create('acme')
  await agent.secrets.update('acme', 'k1', { retiresAt: null })
  await agent.secrets.remove('acme', 'k1')
  await agent.secrets.check('acme', { signature: 'x' })
  await agent.uploadAttachment('acme', file)
  await agent.collections.list('acme')
  await agent.collections.create('acme', { name: { en: 'Billing' } })
  await agent.collections.update('acme', id, { slug: 'billing' })
  await agent.collections.remove('acme', id)
  await agent.collections.order('acme', [id])
  await agent.articles.list('acme')
  await agent.articles.find('acme', 'team')
  await agent.articles.create('acme', { locale: 'en', title: 'Title' })
  await agent.articles.get('acme', id)
  await agent.articles.update('acme', id, { featured: true })
  await agent.articles.remove('acme', id)
  await agent.articles.order('acme', [id])
  await agent.articles.save('acme', id, 'en', { title: 'Title' })
  await agent.articles.publish('acme', id, 'en')
  await agent.articles.unpublish('acme', id, 'en')
  await agent.articles.removeText('acme', id, 'en')
  await agent.articles.revisions('acme', id, 'en')
  await agent.articles.preview('acme', 'Text')
  await agent.articles.uploadImage('acme', file)
  await agent.articles.comments('acme', id)
  await agent.articles.insights('acme')
  await agent.articles.importFile('acme', { path: 'en/a.md', content: 'Text' })
  await agent.articles.exportFiles('acme')
  await agent.notifications.list('acme')
  await agent.notifications.resend('acme', id)
  await agent.emails.list('acme')
  await agent.emails.get('acme', id)
  await agent.emails.accept('acme', id, 'note')
  await agent.emails.dismiss('acme', id)
  await agent.emailSettings.get('acme')
  await agent.emailSettings.update('acme', { smtp: null })
  await agent.emailSettings.testSmtp('acme')
  await agent.emailSettings.testImap('acme')
  await agent.emailSettings.makeDkimKey('acme')
  await agent.emailSettings.replaceWebhookSecret('acme')
  const [key, words] = [{ kind: 'reply', locale: 'en' } as const, { subject: 'S', body: '' }]
  await agent.emailTemplates.list('acme')
  await agent.emailTemplates.save('acme', key, words)
  await agent.emailTemplates.reset('acme', key)
  await agent.emailTemplates.preview('acme', key, words)
  await agent.emailTemplates.sendTest('acme', key, words)
  for (const events of [visitor.events.bind(visitor), agent.events.bind(agent, 'acme')]) {
    const stop = new AbortController()
    for await (const _ of events({
      signal: stop.signal,
      onState: (state) => state === 'polling' && stop.abort(),
    }));
  }
  return seen
}

test('every request is one of the contract, and every route of the contract has a method', async () => {
  const asked = await callEverything()
  // A file is not asked for: its address comes with the message that has it; and mail programs have their own way.
  const own = routes.filter((route) => !route.download && !route.mail)
  const patterns = own.map(({ id: name, method, path }) => ({
    name,
    pattern: new RegExp(`^${method} ${path.replace(/:\w+/g, '[^/]+')}$`),
  }))
  // A fixed path is one of its own, not one with a parameter.
  const named = asked.map(
    (line) => patterns.filter(({ pattern }) => pattern.test(line)).map(({ name }) => name)[0],
  )
  expect(asked.filter((_, index) => named[index] === undefined)).toEqual([])
  expect(own.map(({ id: name }) => name).filter((name) => !named.includes(name))).toEqual([])
})

test('every name in a path is escaped', async () => {
  const seen: string[] = []
  const fetch = async (url: RequestInfo | URL) => {
    seen.push(String(url))
    return Response.json({})
  }
  const visitor = createVisitorClient({ url: 'http://desk.test', desk: 'a/b', fetch })
  const agent = createAgentClient({ url: 'http://desk.test', fetch })
  await visitor.conversations.messages('../x?y')
  await visitor.tickets.get('#T/1?x')
  await visitor.uploadAttachment(file, { name: 'a&b#c.csv' })
  await visitor.articles.read('../a?b')
  await agent.conversations.get('../d', '#1')
  await agent.articles.get('acme', '../a')
  await agent.secrets.remove('acme', 'k/1')
  expect(seen).toEqual([
    'http://desk.test/api/messaging/widget/a%2Fb/conversations/..%2Fx%3Fy/messages',
    'http://desk.test/api/messaging/widget/a%2Fb/tickets/%23T%2F1%3Fx',
    'http://desk.test/api/messaging/widget/a%2Fb/attachments?name=a%26b%23c.csv',
    'http://desk.test/api/messaging/widget/a%2Fb/articles/..%2Fa%3Fb',
    'http://desk.test/api/desks/..%2Fd/conversations/%231',
    'http://desk.test/api/desks/acme/articles/..%2Fa',
    'http://desk.test/api/desks/acme/secrets/k%2F1',
  ])
})

type IdentityInput = NonNullable<Body<Api['contacts']['identify']>['identity']>
type Credential = 'contactId' | 'contactToken'
type Conversations = Api['conversations']

describe('types', () => {
  test('inputs are the bodies and queries of the contract, without credentials', () => {
    expectTypeOf<StartInput>().toEqualTypeOf<{
      email?: string
      name?: string
      message: string
      attachments?: string[]
      claims?: IdentityInput
      channel?: 'widget' | 'contact_form'
      pageUrl?: string
    }>()
    expectTypeOf<keyof TicketInput>().toEqualTypeOf<
      Exclude<keyof Body<Api['tickets']['create']>, Credential>
    >()
    expectTypeOf<TicketsQuery>().toMatchObjectType<Query<Api['tickets']['list']>>()
    expectTypeOf<IdentifyInput>().toEqualTypeOf<
      { identity: IdentityInput; signature?: string } | { identityToken: string }
    >()
    expectTypeOf<keyof StartInput>().toEqualTypeOf<Exclude<keyof Body<Conversations['start']>, Credential>>()
    expectTypeOf<ReplyInput>().toEqualTypeOf<{
      conversationId: string
      message: string
      attachments?: string[]
    }>()
    expectTypeOf<EmailUpdate>().toEqualTypeOf<{ email: string; name?: string }>()
    expectTypeOf<HistoryQuery>().toEqualTypeOf<{ limit?: number | string; cursor?: string }>()
    expectTypeOf<InboxQuery>().toMatchObjectType<Query<Conversations['list']>>()
    expectTypeOf<AgentReply>().toMatchObjectType<Body<Conversations['agentReply']>>()
    expectTypeOf<ConversationChange>().toMatchObjectType<Body<Conversations['update']>>()
    expectTypeOf<Setup>().toMatchObjectType<Body<Api['agents']['setup']>>()
    expectTypeOf<SignIn>().toEqualTypeOf<{ email: string; password: string }>()
    expectTypeOf<AgentChange>().toExtend<Body<Api['agents']['updateMe']>>()
  })

  test('answers are those of the contract', () => {
    type Visitor = VisitorClient['conversations']
    type Agent = AgentClient['conversations']
    type Answered<M extends (...args: never[]) => unknown> = Awaited<ReturnType<M>>
    expectTypeOf<Answered<Visitor['start']>>().toEqualTypeOf<Result<Conversations['start']>>()
    expectTypeOf<Answered<Visitor['reply']>>().toEqualTypeOf<Result<Conversations['reply']>>()
    expectTypeOf<Answered<Visitor['history']>>().toEqualTypeOf<Result<Conversations['history']>>()
    expectTypeOf<Answered<Visitor['messages']>>().toEqualTypeOf<Result<Conversations['messages']>>()
    expectTypeOf<Answered<Visitor['unread']>>().toEqualTypeOf<Result<Conversations['unread']>>()
    expectTypeOf<Answered<Visitor['markRead']>>().toEqualTypeOf<Result<Conversations['read']>>()
    expectTypeOf<Answered<Visitor['typing']>>().toEqualTypeOf<void>()
    expectTypeOf<Answered<VisitorClient['settings']>>().toEqualTypeOf<
      Result<Api['desks']['publicSettings']>
    >()
    expectTypeOf<Answered<Agent['list']>>().toEqualTypeOf<Result<Conversations['list']>>()
    expectTypeOf<Answered<Agent['counts']>>().toEqualTypeOf<Result<Conversations['counts']>>()
    expectTypeOf<Answered<Agent['get']>>().toEqualTypeOf<Result<Conversations['get']>>()
    expectTypeOf<Answered<Agent['messages']>>().toEqualTypeOf<Result<Conversations['agentMessages']>>()
    expectTypeOf<Answered<Agent['reply']>>().toEqualTypeOf<Result<Conversations['agentReply']>>()
    expectTypeOf<Answered<Agent['note']>>().toEqualTypeOf<Result<Conversations['note']>>()
    expectTypeOf<Answered<Agent['update']>>().toEqualTypeOf<Result<Conversations['update']>>()
    expectTypeOf<Answered<Agent['markRead']>>().toEqualTypeOf<Result<Conversations['agentRead']>>()
    expectTypeOf<Answered<VisitorClient['identify']>>().toEqualTypeOf<Result<Api['contacts']['identify']>>()
    expectTypeOf<Answered<VisitorClient['uploadAttachment']>>().toEqualTypeOf<
      Result<Api['attachments']['upload']>
    >()
    expectTypeOf<Answered<VisitorClient['tickets']['create']>>().toEqualTypeOf<
      Result<Api['tickets']['create']>
    >()
    expectTypeOf<Answered<VisitorClient['tickets']['get']>>().toEqualTypeOf<Result<Api['tickets']['get']>>()
    expectTypeOf<Answered<VisitorClient['articles']['read']>>().toEqualTypeOf<
      Result<Api['articles']['read']>
    >()
    expectTypeOf<Answered<VisitorClient['articles']['search']>>().toEqualTypeOf<
      Result<Api['articles']['search']>
    >()
    expectTypeOf<Answered<AgentClient['articles']['save']>>().toEqualTypeOf<Result<Api['articles']['save']>>()
    expectTypeOf<Answered<AgentClient['articles']['exportFiles']>>().toEqualTypeOf<
      Result<Api['articles']['exportFiles']>
    >()
    expectTypeOf<Answered<AgentClient['publicLink']['get']>>().toEqualTypeOf<
      Result<Conversations['publicLink']>
    >()
    expectTypeOf<Answered<AgentClient['secrets']['check']>>().toEqualTypeOf<Result<Api['secrets']['check']>>()
    expectTypeOf<Answered<AgentClient['desks']['list']>>().toEqualTypeOf<Result<Api['desks']['list']>>()
    expectTypeOf<Answered<AgentClient['desks']['update']>>().toEqualTypeOf<Result<Api['desks']['update']>>()
    expectTypeOf<Answered<AgentClient['agents']['me']>>().toEqualTypeOf<Result<Api['agents']['me']>>()
  })
})

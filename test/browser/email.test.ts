import { crc32, deflateSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { writeBounce } from '../support/letters.ts'
import type { ReceivedMail } from '../support/smtp.ts'
import {
  type EmailDesk,
  fieldOf,
  quotationOf,
  replyAddressOf,
  startEmailDesk,
  support,
} from './email-desk.ts'
import { owner } from './running-desk.ts'

/** A red square, large enough to be no counting pixel. */
function picture(): Buffer {
  const side = 48
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data])
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
    length.writeUInt32BE(data.length)
    sum.writeUInt32BE(crc32(body))
    return Buffer.concat([length, body, sum])
  }
  const head = Buffer.from([0, 0, 0, side, 0, 0, 0, side, 8, 2, 0, 0, 0])
  const row = Buffer.concat([
    Buffer.from([0]),
    ...Array.from({ length: side }, () => Buffer.from([200, 67, 26])),
  ])
  const rows = deflateSync(Buffer.concat(Array.from({ length: side }, () => row)))
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', rows),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

const pdf = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

const vera = { name: 'Vera', email: 'vera@visitor.example', text: 'Does the grinder fit a V60?' }
const bob = { address: 'bob@home.example', from: 'Bob Brown <bob@home.example>' }

describe('conversations by e-mail, in both directions', () => {
  let at: EmailDesk
  let agent: Page
  let visitor: Page
  let first: ReceivedMail

  beforeAll(async () => {
    at = await startEmailDesk()
    agent = at.agent
    visitor = await at.person()
  })
  afterAll(() => at?.close())

  const pass = (seconds: number) => at.desk.pass(seconds)
  const becameOf = (subject: string) =>
    vi.waitFor(
      async () => {
        const outcome = await at.outcomeOf(subject)
        if (!outcome) throw new Error(`"${subject}" has not been taken in`)
        return outcome
      },
      { timeout: 20_000, interval: 200 },
    )
  const save = async () => {
    await agent.getByRole('button', { name: 'Save changes' }).click()
    await agent.getByText('Saved', { exact: true }).first().waitFor()
  }
  const steps = () =>
    agent.getByRole('list', { name: 'Steps of the test' }).locator('.step-name').allTextContents()
  const thread = () => agent.getByRole('main')
  const statusOf = async (id: string) =>
    (await at.ask<{ status: string }>('GET', `conversations/${id}`)).status
  const openedId = () => agent.url().split('/').at(-1) ?? ''

  it('an admin names a mail server and tries it: every step is green, and a mail arrives', async () => {
    await at.open('settings/email')
    await agent.getByLabel('Address', { exact: true }).fill(support)
    await agent.getByRole('radio', { name: 'Your own' }).check()
    await agent.getByLabel('Server', { exact: true }).fill('127.0.0.1')
    await agent.getByRole('radio', { name: 'None' }).check()
    await agent.getByLabel('Port').fill(String(at.out.port))
    await agent.getByLabel('User').fill('mailer')
    await agent.getByRole('textbox', { name: 'Password' }).fill('smtp secret')
    await agent.getByRole('button', { name: 'Test connection' }).click()
    await agent.getByText(`It works. A test mail was sent to ${owner.email}.`).waitFor()
    expect(await steps()).toEqual([
      'Find the server: done',
      'Connect: done',
      'Sign in: done',
      'Send a test mail: done',
    ])
    expect(at.mailsTo(owner.email)).toHaveLength(1)
    expect(await at.issues(agent)).toEqual([])
    await save()
    await agent.getByText('A password is kept, encrypted.').waitFor()
  })

  it('and a mailbox, which is connected as soon as it is saved', async () => {
    await agent.getByRole('link', { name: 'Receiving' }).click()
    await agent.getByRole('switch', { name: 'Read a mailbox' }).click()
    await agent.getByLabel('Server', { exact: true }).fill('127.0.0.1')
    await agent.getByRole('radio', { name: 'None' }).check()
    await agent.getByLabel('Port').fill(String(at.mailbox.port))
    await agent.getByLabel('User').fill(at.mailbox.user)
    await agent.getByRole('textbox', { name: 'Password' }).fill('wrong')
    await agent.getByRole('button', { name: 'Test connection' }).click()
    await agent.getByText('It does not work yet.').waitFor()
    await agent.getByRole('textbox', { name: 'Password' }).fill(at.mailbox.password)
    await agent.getByRole('button', { name: 'Test connection' }).click()
    await agent.getByText('It works. Nothing in the mailbox was changed.').waitFor()
    expect((await steps()).every((step) => step.endsWith(': done'))).toBe(true)
    await agent.getByRole('button', { name: `Use ${support}` }).click()
    await save()
    await agent.getByText('Connected', { exact: true }).waitFor()
    await agent.getByText(`Answers go to ${support} and are read from its mailbox.`).waitFor()
    expect(await at.issues(agent)).toEqual([])
  })

  it('a visitor who has closed the widget gets the answer by e-mail after a minute', async () => {
    await at.writes(visitor, vera)
    await at.openConversation(vera.text)
    await at.reply('It does, with the 02 filter.')
    await pass(59)
    expect(at.mailsTo(vera.email)).toEqual([])
    await pass(2)
    first = await at.mailTo(vera.email, 'It does, with the 02 filter.')
    expect(first.from?.address).toBe(support)
    expect(replyAddressOf(first)).toMatch(/^support\+[a-z2-7]{42}@shop\.example$/)
    expect(first.text).not.toContain('V60')
    await agent.getByText(/^E-mail sent/).waitFor()
    expect(await statusOf(openedId())).toBe('waiting')
  })

  it('answers it from a mail program, and the answer stands live in the dashboard with its files alone', async () => {
    const quotation = quotationOf(first)
    const said = 'Great, and which paper?\n\nThis is the one I have.'
    await at.post({
      from: `Vera <${vera.email}>`,
      to: replyAddressOf(first),
      subject: `Re: ${first.subject}`,
      messageId: '<answer-1@mail.visitor.example>',
      inReplyTo: first.messageId ?? '',
      text: `${said}\n\n-- \nVera${quotation.text}`,
      html: `<div dir="ltr">Great, and which paper?<br><br>This is the one I have.<br><img src="cid:paper-1" alt="paper.png"></div>${quotation.html}`,
      files: [
        { name: 'paper.png', type: 'image/png', content: picture(), cid: 'paper-1' },
        { name: 'invoice.pdf', type: 'application/pdf', content: pdf },
      ],
    })
    const entry = agent.locator('.entry.theirs', { hasText: 'Great, and which paper?' })
    await entry.waitFor()
    expect(await entry.locator('.message-text').textContent()).toBe(said)
    await entry.getByText(`by e-mail from ${vera.email}`).waitFor()
    await entry.getByText('invoice.pdf').first().waitFor()
    await entry.getByRole('img', { name: /paper\.png/ }).waitFor()
    expect(await entry.getByText('Sender not proved').count()).toBe(0)
    expect(await statusOf(openedId())).toBe('pending')
    // The mailbox is proved; that the browser is its holder's is not.
    await agent.getByText('Verified', { exact: true }).waitFor()
    await agent.getByText('Not verified.').waitFor()
    expect(await at.issues(agent)).toEqual([])
  })

  it('whose original can be seen whole, with its picture and without anything that runs', async () => {
    await agent.getByRole('button', { name: 'View original' }).click()
    const dialog = agent.getByRole('dialog', { name: 'Original e-mail' })
    await dialog.getByText('Found its conversation by the reply address.').waitFor()
    await dialog.getByText('##- Please type your reply above this line -##').first().waitFor()
    expect(await at.issues(agent)).toEqual([])
    await dialog.getByRole('radio', { name: 'Original' }).check()
    const frame = dialog.frameLocator('iframe')
    await frame.getByText('Great, and which paper?').waitFor()
    expect(await frame.getByRole('img', { name: 'paper.png' }).getAttribute('src')).toMatch(
      /^data:image\/png/,
    )
    await dialog.getByRole('radio', { name: 'Headers' }).check()
    await dialog.getByText('<answer-1@mail.visitor.example>').waitFor()
    expect(await at.issues(agent)).toEqual([])
    await dialog.getByRole('button', { name: 'Close' }).click()
  })

  it('finds it in the widget again, and the next e-mail goes on in the thread', async () => {
    await visitor
      .getByRole('button', { name: /^Slowpour/ })
      .first()
      .click()
    await visitor.getByText('Great, and which paper?').first().click()
    await visitor.getByText('This is the one I have.').first().waitFor()
    await visitor.getByText('invoice.pdf').first().waitFor()
    await visitor.keyboard.press('Escape')
    await visitor.getByRole('dialog').waitFor({ state: 'hidden' })
    await at.reply('That paper fits.')
    await pass(61)
    const second = await at.mailTo(vera.email, 'That paper fits.')
    expect(fieldOf(second, 'in-reply-to')).toBe('<answer-1@mail.visitor.example>')
    expect(fieldOf(second, 'references')).toContain(first.messageId)
    expect(fieldOf(second, 'references')).toContain('<answer-1@mail.visitor.example>')
    expect(second.subject).toBe(`Re: ${first.subject}`)
    expect(second.messageId).not.toBe(first.messageId)
  })

  it('somebody unknown writes, and gets a confirmation without a word of the letter', async () => {
    await at.post({
      from: bob.from,
      subject: 'Do you repair kettles?',
      messageId: '<bob-1@home.example>',
      text: 'Mine has lost its handle.',
    })
    const mail = await at.mailTo(bob.address, 'Slowpour')
    expect(mail.raw + mail.text + mail.subject).not.toMatch(/kettle|handle|Brown/i)
    expect(fieldOf(mail, 'auto-submitted')).toBe('auto-generated')
    await at.openConversation('Do you repair kettles?')
    const { channel, number } = await at.ask<{ channel: string; number: string }>(
      'GET',
      `conversations/${openedId()}`,
    )
    expect(channel).toBe('email')
    expect(mail.subject).toContain(number)
    await thread().getByText('Sender not proved').waitFor()
    expect(await at.issues(agent)).toEqual([])
  })

  it('whose answer proves the address', async () => {
    await at.reply('We do. Please send it to us.')
    await pass(61)
    const mail = await at.mailTo(bob.address, 'Please send it to us.')
    await at.post({
      from: bob.from,
      to: replyAddressOf(mail),
      subject: `Re: ${mail.subject}`,
      messageId: '<bob-2@home.example>',
      inReplyTo: mail.messageId ?? '',
      text: `It is on its way.${quotationOf(mail).text}`,
    })
    await thread().getByText('It is on its way.', { exact: true }).waitFor()
    await agent.getByText('Verified by e-mail').first().waitFor()
  })

  it('an answer from another address waits for an agent, who takes it in as a note', async () => {
    const [, mail] = at.mailsTo(bob.address)
    await at.post({
      from: 'Rob <rob@office.example>',
      to: replyAddressOf(mail as ReceivedMail),
      subject: 'Re: from the office',
      messageId: '<rob-1@office.example>',
      text: 'I am Bob, writing from work.',
    })
    const banner = agent.getByRole('region', { name: 'E-mails that wait' })
    await banner.getByText('rob@office.example').waitFor()
    expect(await thread().getByText('I am Bob, writing from work.').count()).toBe(0)
    expect(await at.issues(agent)).toEqual([])
    await banner.getByRole('button', { name: /^Accept as note/ }).click()
    await agent.locator('.entry.note').getByText('I am Bob, writing from work.').waitFor()
    await banner.waitFor({ state: 'detached' })
    await pass(61)
    expect(at.mailsTo('rob@office.example')).toEqual([])
  })

  it('an automatic answer is left out with its reason, and answered by nothing', async () => {
    const mail = at.mailsTo(bob.address).at(-1) as ReceivedMail
    const before = at.out.mails.length
    await at.post({
      from: bob.from,
      to: replyAddressOf(mail),
      subject: 'Out of office',
      messageId: '<bob-3@home.example>',
      inReplyTo: mail.messageId ?? '',
      text: 'I am away until Monday.',
      fields: { 'Auto-Submitted': 'auto-replied' },
    })
    expect(await becameOf('Out of office')).toMatchObject({ state: 'ignored', reason: 'auto_submitted' })
    await at.open('emails/received')
    const row = agent.getByRole('listitem').filter({ hasText: 'Out of office' })
    await row.getByText('An automatic answer, out of office for example.').waitFor()
    await row.getByText('Left out').waitFor()
    expect(await at.issues(agent)).toEqual([])
    await row.getByRole('link', { name: 'Out of office' }).click()
    await agent.getByText('I am away until Monday.').waitFor()
    expect(await at.issues(agent)).toEqual([])
    await pass(61)
    expect(at.out.mails.length).toBe(before)
  })

  it('an agent answers from the mailbox and resolves; whoever only says to be that agent does not', async () => {
    const dora = { name: 'Dora', email: 'dora@visitor.example', text: 'When will my order come?' }
    await at.open('settings/email')
    await at.writes(await at.person(), dora)
    await pass(61)
    const mail = await at.mailTo(owner.email, dora.text)
    const letter = { from: `Olga <${owner.email}>`, inReplyTo: mail.messageId ?? '' }
    await at.post({
      ...letter,
      subject: 'Re: forged',
      messageId: '<forged-1@shop.example>',
      text: '#resolve\n\nSend your password to me.',
    })
    expect(await becameOf('Re: forged')).toMatchObject({ state: 'held', reason: 'unproved_agent' })
    await at.post({
      ...letter,
      to: replyAddressOf(mail),
      subject: `Re: ${mail.subject}`,
      messageId: '<olga-1@shop.example>',
      text: `#resolve\n\nIt left this morning.${quotationOf(mail).text}`,
    })
    const { conversation } = await becameOf(`Re: ${mail.subject}`)
    expect(await statusOf(conversation?.id ?? '')).toBe('resolved')
    await pass(61)
    const answer = await at.mailTo(dora.email, 'It left this morning.')
    expect(answer.text).not.toContain('#resolve')
    await at.openConversation(dora.name)
    await agent.locator('.entry.ours').getByText('It left this morning.', { exact: true }).waitFor()
    expect(await thread().getByText('Send your password').count()).toBe(0)
    const banner = agent.getByRole('region', { name: 'E-mails that wait' })
    await banner.getByText('E-mail in the name of an agent waits, unproved:').waitFor()
    await banner.getByRole('button', { name: 'Dismiss' }).click()
    await banner.waitFor({ state: 'detached' })
  })

  it('the words of an e-mail are changed with a preview and a test', async () => {
    await at.open('settings/email/templates')
    const languages = agent.getByRole('navigation', { name: 'Languages of “New ticket”' })
    await languages.waitFor()
    expect(await at.issues(agent)).toEqual([])
    await languages.getByRole('link', { name: 'Polski' }).click()
    await agent.getByLabel('Subject', { exact: true }).fill('Zgłoszenie {{ticket.number}} przyjęte')
    await agent.getByLabel('Text', { exact: true }).fill('Kawa już się parzy, a {{desk.name}} czyta.')
    const preview = agent.frameLocator('iframe[title="Preview of the e-mail"]')
    await preview.getByText('Kawa już się parzy, a Slowpour czyta.').waitFor()
    expect(await at.issues(agent)).toEqual([])
    await agent.getByRole('button', { name: 'Send a test to me' }).click()
    await at.mailTo(owner.email, 'Kawa już się parzy')
    await save()
    await agent.getByText('Changed by you', { exact: true }).waitFor()
  })

  it('and a ticket is confirmed with them, in Polish', async () => {
    await at.ask('PATCH', '', { locale: 'pl' })
    const pola = await at.person({ locale: 'pl-PL' })
    await pola.goto(`${at.desk.url}/demo`)
    await pola
      .getByRole('button', { name: /Slowpour/ })
      .first()
      .click()
    await pola.getByRole('button', { name: 'Nowe zgłoszenie' }).click()
    await pola.getByLabel('E-mail').fill('pola@visitor.example')
    await pola.getByRole('button', { name: 'Dalej' }).click()
    await pola.getByLabel('Tytuł').fill('Pęknięta pokrywka')
    await pola.getByLabel('Opis').fill('Pokrywka pękła w paczce.')
    await pola.getByRole('button', { name: 'Wyślij zgłoszenie' }).click()
    await pola.getByText('Pokrywka pękła w paczce.', { exact: true }).waitFor()
    await pola.keyboard.press('Escape')
    const mail = await at.mailTo('pola@visitor.example', 'Kawa już się parzy, a Slowpour czyta.')
    expect(mail.subject).toMatch(/^Zgłoszenie \S+ przyjęte$/)
    expect(mail.text).not.toMatch(/pokrywka/i)
  })

  it('whoever asks for no more e-mails gets none, until an agent is told otherwise and sends it again', async () => {
    const mail = at.mailsTo('pola@visitor.example')[0] as ReceivedMail
    const link = /http:\S+\/p\/unsubscribe\/\S+/.exec(mail.text ?? '')?.[0] ?? ''
    const reader = await at.person({ locale: 'pl-PL' })
    await reader.goto(link)
    expect(await at.issues(reader)).toEqual([])
    await reader.getByRole('button', { name: 'Nie chcę więcej e-maili' }).click()
    await reader.getByRole('heading', { name: 'Nie wyślemy więcej e-maili' }).waitFor()
    expect(await at.issues(reader)).toEqual([])
    await at.openConversation('Pęknięta pokrywka')
    await at.reply('Nowa pokrywka jest w drodze.')
    await pass(61)
    await agent.getByText('E-mail skipped: they want no e-mails from this desk').waitFor()
    const panel = agent.getByRole('region', { name: 'E-mails from this desk' })
    await panel.getByText('They asked for no e-mails.').waitFor()
    await panel.getByRole('switch').click()
    await panel.getByText('Replies are e-mailed when they are not read.').waitFor()
    expect(at.mailsTo('pola@visitor.example')).toHaveLength(1)
    await agent.getByText('E-mail skipped: they want no e-mails from this desk').click()
    const row = agent.getByRole('listitem').filter({ hasText: 'Skipped: they want no e-mails' })
    await row.getByRole('button', { name: /^Resend/ }).click()
    await agent.getByRole('dialog').getByRole('button', { name: 'Resend' }).click()
    await pass(0)
    await at.mailTo('pola@visitor.example', 'Nowa pokrywka jest w drodze.')
    await agent
      .getByRole('listitem')
      .filter({ hasText: /Sent \d/ })
      .first()
      .waitFor()
    expect(await at.issues(agent)).toEqual([])
    await at.ask('PATCH', '', { locale: 'en' })
  })

  it('an address that is refused says so in the words of its server', async () => {
    const felix = { name: 'Felix', email: 'felix@nowhere.example', text: 'Is the shop open today?' }
    await at.writes(await at.person(), felix)
    await at.openConversation(felix.text)
    await at.reply('From nine to five.')
    at.out.behave({ refuse: 550, words: '5.1.1 No such user here' })
    await pass(61)
    at.out.behave('accept')
    await agent
      .getByText(/^E-mail failed.*the address does not take our e-mails: 550 5\.1\.1 No such user here$/)
      .waitFor()
    await agent.getByText('E-mails do not arrive').waitFor()
    await agent
      .getByText(/550 5\.1\.1 No such user here/)
      .first()
      .waitFor()
    expect(await at.issues(agent)).toEqual([])
    await at.open('emails/sent')
    await agent
      .getByRole('listitem')
      .filter({ hasText: felix.email })
      .getByText(/^Failed after 1 try: the address does not take our e-mails: 550 5\.1\.1 No such user here$/)
      .waitFor()
    expect(await at.issues(agent)).toEqual([])
  })

  it('an e-mail that comes back later marks its address', async () => {
    const gina = { name: 'Gina', email: 'gina@visitor.example', text: 'Do you grind for espresso?' }
    await at.writes(await at.person(), gina)
    await at.openConversation(gina.text)
    await at.reply('Of course.')
    await pass(61)
    const mail = await at.mailTo(gina.email, 'Of course.')
    await agent.getByText(/^E-mail sent/).waitFor()
    const words = '550 5.1.1 <gina@visitor.example>: User unknown'
    await at.mailbox.add(writeBounce(mail.raw, { address: gina.email, to: support, words }))
    await agent.getByText(/^E-mail failed.*the address does not take our e-mails/).waitFor()
    await agent.getByText('E-mails do not arrive').waitFor()
    await agent.getByText(words, { exact: true }).waitFor()
    await at.reply('Finely, for your machine.')
    await pass(61)
    await agent.getByText('E-mail skipped: the address does not take our e-mails').waitFor()
    expect(at.mailsTo(gina.email)).toHaveLength(1)
  })

  it('nothing of it left an error in any page', () => {
    expect(at.errors.flat()).toEqual([])
  })
})

import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { quotationOf, replyAddressOf, startEmailDesk, support } from '../test/browser/email-desk.ts'
import { owner } from '../test/browser/running-desk.ts'

const vera = {
  name: 'Vera Novak',
  email: 'vera@visitor.example',
  text: 'Hello! Does the Ridge grinder fit a V60? I mostly brew two cups.',
}
const photo = await readFile(fileURLToPath(new URL('../docs/images/widget-home.png', import.meta.url)))

/**
 * Pictures of everything that e-mail brings: the settings, the lists, a conversation, the e-mails themselves.
 * @param shoot takes a page in every width and light; the best of them go into `images`
 */
export async function emailScreens({ shoot, images }) {
  const at = await startEmailDesk()
  try {
    await settings(at)
    const mail = await conversation(at)
    await strangers(at, mail)
    await dashboard(at, shoot, images)
    await templates(at, shoot, images)
    await lists(at, shoot, images)
    await restore(at, shoot)
    await mails(at, shoot)
  } finally {
    await at.close()
  }
}

async function settings(at) {
  const server = { host: 'localhost', security: 'none' }
  await at.ask('PATCH', 'email-settings', {
    sender: { address: support },
    smtp: { ...server, port: at.out.port, user: 'mailer', password: 'smtp secret' },
    replyAddress: support,
    imap: { ...server, port: at.mailbox.port, user: at.mailbox.user, password: at.mailbox.password },
  })
  await at.mailbox.waitForIdle()
}

/** A visitor answers by e-mail, with a picture; somebody else answers as well. */
async function conversation(at) {
  const visitor = await at.person()
  await at.writes(visitor, vera)
  await at.openConversation(vera.text)
  await at.reply('It does. Start at 18 clicks, with 30 g for two cups.')
  await at.desk.pass(61)
  const mail = await at.mailTo(vera.email, 'Start at 18 clicks')
  const quotation = quotationOf(mail)
  const said = 'Perfect, thank you.\n\nIs it the one on this page? And is 16 clicks too fine?'
  at.post({
    from: `${vera.name} <${vera.email}>`,
    to: replyAddressOf(mail),
    subject: `Re: ${mail.subject}`,
    messageId: '<one@mail.visitor.example>',
    inReplyTo: mail.messageId,
    text: `${said}${quotation.text}`,
    html: `<div dir="ltr">${said.replaceAll('\n', '<br>')}<br><img src="cid:photo" alt="page.png" width="320"></div>${quotation.html}`,
    files: [
      { name: 'page.png', type: 'image/png', content: photo, cid: 'photo' },
      {
        name: 'receipt.pdf',
        type: 'application/pdf',
        content: Buffer.from('%PDF-1.4\n%%EOF\n'.padEnd(48_200)),
      },
    ],
  })
  await at.agent.getByText('16 clicks too fine?').first().waitFor()
  await at.reply('A little. Two clicks back, and pour more slowly.')
  await at.desk.pass(61)
  await at.mailTo(vera.email, 'Two clicks back')
  return mail
}

/** Everything that is not simply an answer: held, left out, new, refused. */
async function strangers(at, mail) {
  at.post({
    from: 'Vera Novak <v.novak@office.example>',
    to: replyAddressOf(mail),
    subject: `Re: ${mail.subject}`,
    messageId: '<two@office.example>',
    text: 'I am at work now, so from here: two clicks back did it. Thank you!',
  })
  at.post({
    from: 'Bob Brown <bob@home.example>',
    subject: 'Do you repair kettles?',
    messageId: '<three@home.example>',
    text: 'Mine has lost its handle. It is a Heron, about three years old.',
  })
  at.post({
    from: `${vera.name} <${vera.email}>`,
    to: replyAddressOf(mail),
    subject: 'Out of office',
    messageId: '<four@mail.visitor.example>',
    text: 'I am away until Monday.',
    fields: { 'Auto-Submitted': 'auto-replied' },
  })
  await at.open('emails/received')
  for (const state of [
    'Waiting for you',
    'Began a conversation.',
    'An automatic answer, out of office for example.',
  ])
    await at.agent.getByText(state).first().waitFor()
  const felix = { name: 'Felix', email: 'felix@nowhere.example', text: 'Is the shop open on Sunday?' }
  await at.writes(await at.person(), felix)
  await at.desk.pass(61)
  await at.openConversation(felix.text)
  await at.reply('From ten to four.')
  at.out.behave({ refuse: 550, words: '5.1.1 The email account that you tried to reach does not exist' })
  await at.desk.pass(61)
  at.out.behave('accept')
  await at.agent.getByText(/^E-mail failed/).waitFor()
}

async function dashboard(at, shoot, images) {
  const { agent } = at
  await shoot(agent, 'email-failed')
  await at.openConversation('Two clicks back')
  await agent.getByRole('region', { name: 'E-mails that wait' }).waitFor()
  await shoot(agent, 'email-conversation')
  await agent.screenshot({ path: `${images}/email-conversation.png` })
  await agent.getByRole('button', { name: 'View original' }).first().click()
  const dialog = agent.getByRole('dialog', { name: 'Original e-mail' })
  await dialog.getByRole('radio', { name: 'Text' }).waitFor()
  await shoot(agent, 'email-original-text')
  await dialog.getByRole('radio', { name: 'Original' }).check()
  await dialog.frameLocator('iframe').getByText('16 clicks too fine?').first().waitFor()
  await shoot(agent, 'email-original')
  await dialog.getByRole('button', { name: 'Close' }).click()
  await at.open('settings/email')
  await agent.getByText('A password is kept, encrypted.').waitFor()
  await agent.getByRole('button', { name: 'Test connection' }).click()
  await agent.getByText(/^It works/).waitFor()
  await agent.getByText(/^It works/).scrollIntoViewIfNeeded()
  await shoot(agent, 'email-sending')
  await at.open('settings/email/receiving')
  await agent.getByText('Connected', { exact: true }).waitFor()
  await agent.getByRole('heading', { name: 'E-mail' }).first().scrollIntoViewIfNeeded()
  await shoot(agent, 'email-receiving')
  await agent.screenshot({ path: `${images}/email-settings.png` })
}

async function templates(at, shoot, images) {
  const { agent } = at
  await at.open('settings/email/templates')
  await agent.getByRole('navigation', { name: 'Languages of “New ticket”' }).waitFor()
  await shoot(agent, 'email-templates')
  await agent.getByRole('navigation', { name: 'Languages of “New ticket”' }).getByText('English').click()
  await agent
    .getByLabel('Text', { exact: true })
    .fill(
      'Hello {{contact.name}},\n\nthe kettle is on, and {{desk.name}} reads what you wrote. Your number: {{ticket.number}}.',
    )
  await agent
    .frameLocator('iframe[title="Preview of the e-mail"]')
    .getByText(/the kettle is on/)
    .waitFor()
  await shoot(agent, 'email-template')
  await agent.screenshot({ path: `${images}/email-template.png` })
  await agent.getByRole('button', { name: 'Save changes' }).click()
  await agent.getByText('Changed by you', { exact: true }).waitFor()
  // What says so covers a corner of the next pictures.
  await agent.getByText('Saved', { exact: true }).first().waitFor({ state: 'detached' })
}

async function lists(at, shoot, images) {
  const { agent } = at
  await at.open('emails/sent')
  await agent
    .getByText(/^Failed after 1 try/)
    .first()
    .waitFor()
  await shoot(agent, 'email-sent')
  await agent.screenshot({ path: `${images}/email-sent.png` })
  await at.open('emails/received')
  await agent.getByText('An automatic answer, out of office for example.').waitFor()
  await shoot(agent, 'email-received')
  await agent.getByRole('link', { name: 'Do you repair kettles?' }).click()
  await agent.getByRole('radio', { name: 'Headers' }).waitFor()
  await shoot(agent, 'email-page')
}

/** In a browser that has lost everything. */
async function restore(at, shoot) {
  const visitor = await at.person()
  await visitor.goto(`${at.desk.url}/demo`)
  await visitor
    .getByRole('button', { name: /^Slowpour/ })
    .first()
    .click()
  const entry = visitor.getByRole('button', { name: /^Wrote to us before\?/ })
  await entry.waitFor()
  await shoot(visitor, 'restore-home')
  await entry.click()
  await visitor.getByLabel('Email').fill(vera.email)
  await shoot(visitor, 'restore-address')
  await visitor.getByRole('button', { name: 'Send email' }).click()
  await visitor.getByLabel('Six-digit code').waitFor()
  await shoot(visitor, 'restore-code')
}

/** The e-mails as mail programs show them, and the page that ends them. */
async function mails(at, shoot) {
  const reader = await at.person()
  const link = await at.mailTo(vera.email, '#link=')
  const kinds = {
    reply: await at.mailTo(vera.email, 'Start at 18 clicks'),
    'reply-proved': await at.mailTo(vera.email, 'Two clicks back'),
    confirmation: await at.mailTo('bob@home.example', 'Slowpour'),
    agent: await at.mailTo(owner.email, 'Is the shop open on Sunday?'),
    link,
  }
  for (const [kind, { html }] of Object.entries(kinds)) {
    await reader.setContent(html)
    await shoot(reader, `mail-${kind}`)
  }
  await reader.goto(/http:\S+\/p\/unsubscribe\/\S+/.exec(kinds.confirmation.text)?.[0])
  await shoot(reader, 'page-unsubscribe')
}

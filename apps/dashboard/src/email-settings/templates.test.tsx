import { fireEvent, screen, waitFor, within } from '@testing-library/preact'
import { describe, expect, test } from 'vitest'
import { openDashboard, requestsOf, someSeed, startDesk, type } from '../testing.tsx'

const custom = {
  kind: 'reply',
  locale: 'pl',
  subject: 'Odpowiedź {{ticket.number}}',
  body: 'Cześć!',
} as const
const seed = { ...someSeed, mail: { templates: [custom] } }
const open = (item: string) => openDashboard(`#/desks/acme/settings/email/${item}`)
const click = (name: string) => fireEvent.click(screen.getByRole('button', { name }))
const subject = () => screen.getByLabelText('Subject') as HTMLInputElement
const body = () => screen.getByLabelText('Text') as HTMLTextAreaElement
const frame = () => screen.getByTitle('Preview of the e-mail') as HTMLIFrameElement

describe('the list of templates', () => {
  const desk = startDesk(seed)

  test('has every kind in every language and marks what the desk has changed', async () => {
    open('templates')
    const reply = within(await screen.findByRole('navigation', { name: 'Languages of “Reply”' }))
    expect(reply.getAllByRole('link')).toHaveLength(8)
    expect(reply.getAllByRole('link')[0]?.textContent).toBe('English')
    expect(reply.getByRole('link', { name: 'Polski, changed by you' })).toBeTruthy()
    expect(screen.getAllByRole('heading', { level: 2 }).map((one) => one.textContent)).toEqual(
      expect.arrayContaining(['Reply', 'New ticket', 'One-time link', 'New message']),
    )
  })

  test('can be asked for again when it did not come', async () => {
    desk.failNext('emailTemplates.list', 'internal')
    open('templates')
    expect(await screen.findByText(/could not be loaded/)).toBeTruthy()
    click('Try again')
    expect(await screen.findByRole('navigation', { name: 'Languages of “Reply”' })).toBeTruthy()
  })
})

describe('the words of an e-mail', () => {
  const desk = startDesk(seed)

  test('are saved as the desk’s own', async () => {
    open('reply.en')
    await screen.findByText('Original words')
    type(body(), 'Hello {{contact.name}},')
    click('Save changes')
    expect(await screen.findByText('Changed by you')).toBeTruthy()
    expect(requestsOf(desk, 'emailTemplates.save')).toEqual([
      { subject: '[{{desk.name}}] {{ticket.title}} ({{ticket.number}})', body: 'Hello {{contact.name}},' },
    ])
    expect(screen.queryByRole('button', { name: 'Save changes' })).toBeNull()
  })

  test('go back to the original after a question', async () => {
    open('reply.pl')
    await screen.findByText('Changed by you')
    expect(body().value).toBe('Cześć!')
    click('Back to the original…')
    fireEvent.click(await screen.findByRole('button', { name: 'Use the original' }))
    expect(await screen.findByText('Original words')).toBeTruthy()
    expect(body().value).toContain('odpowiada na Twoje zgłoszenie')
    expect(screen.queryByRole('button', { name: 'Back to the original…' })).toBeNull()
  })

  test('take a variable where the cursor is, in the field that was used last', async () => {
    open('reply.en')
    await screen.findByText('Original words')
    type(body(), 'Hello , how are you?')
    body().focus()
    body().setSelectionRange(6, 6)
    click('{{contact.name}}')
    expect(body().value).toBe('Hello {{contact.name}}, how are you?')
    expect(body().selectionStart).toBe('Hello {{contact.name}}'.length)
    type(subject(), 'About ')
    subject().focus()
    subject().setSelectionRange(6, 6)
    click('{{ticket.number}}')
    expect(subject().value).toBe('About {{ticket.number}}')
    expect(document.activeElement).toBe(subject())
  })

  test('with a variable that does not exist are refused at the field, with the one that was meant', async () => {
    open('reply.en')
    await screen.findByText('Original words')
    type(body(), 'Hello {{contact.nme}},')
    expect(screen.getByText('{{contact.nme}} is no variable. Did you mean {{contact.name}}?')).toBeTruthy()
    expect(body().getAttribute('aria-invalid')).toBe('true')
    click('Save changes')
    await waitFor(() => expect(screen.getByText(/Some fields need another look/)).toBeTruthy())
    expect(requestsOf(desk, 'emailTemplates.save')).toEqual([])
    expect((screen.getByRole('button', { name: 'Send a test to me' }) as HTMLButtonElement).disabled).toBe(
      true,
    )
  })

  test('need a subject', async () => {
    open('reply.en')
    await screen.findByText('Original words')
    type(subject(), ' ')
    expect(screen.getByText('An e-mail needs a subject.')).toBeTruthy()
  })

  test('are sent to whoever is looking, saved or not', async () => {
    open('reply.en')
    await screen.findByText('Original words')
    type(body(), 'Just a test.')
    click('Send a test to me')
    expect(await screen.findByText('Test sent to ola@example.com')).toBeTruthy()
    expect(requestsOf(desk, 'emailTemplates.sendTest')).toMatchObject([{ body: 'Just a test.' }])
    desk.failNext('emailTemplates.sendTest', 'unavailable')
    click('Send a test to me')
    expect(await screen.findByText('The desk is not available right now.')).toBeTruthy()
  })

  test('stay the original ones when Enter is pressed and nothing was changed', async () => {
    open('reply.en')
    await screen.findByText('Original words')
    fireEvent.submit(subject().form!)
    type(body(), 'Now there is a change.')
    fireEvent.submit(subject().form!)
    expect(await screen.findByText('Changed by you')).toBeTruthy()
    expect(requestsOf(desk, 'emailTemplates.save')).toMatchObject([{ body: 'Now there is a change.' }])
  })

  test('keep what is typed while they are being saved', async () => {
    open('reply.en')
    await screen.findByText('Original words')
    const release = desk.hold('emailTemplates.save')
    type(body(), 'Saved.')
    click('Save changes')
    await waitFor(() => expect(requestsOf(desk, 'emailTemplates.save')).toHaveLength(1))
    type(body(), 'Saved. And some more.')
    release()
    expect(await screen.findByText('Changed by you')).toBeTruthy()
    expect(body().value).toBe('Saved. And some more.')
    click('Save changes')
    await waitFor(() =>
      expect(requestsOf(desk, 'emailTemplates.save')).toMatchObject([
        { body: 'Saved.' },
        { body: 'Saved. And some more.' },
      ]),
    )
  })

  test('in another language come without the focus being lost', async () => {
    open('reply.en')
    await screen.findByText('Original words')
    const polish = screen.getByRole('link', { name: 'Polski, changed by you' })
    polish.focus()
    fireEvent.click(polish)
    location.hash = '#/desks/acme/settings/email/reply.pl'
    await waitFor(() => expect(body().value).toBe('Cześć!'))
    expect(document.activeElement).toBe(screen.getByRole('link', { current: 'page', name: /Polski/ }))
    await waitFor(() => expect(frame().getAttribute('srcdoc')).toContain('Cześć!'))
  })

  test('are not left unsaved without a question', async () => {
    open('reply.en')
    await screen.findByText('Original words')
    type(body(), 'Half a sentence')
    location.hash = '#/desks/acme/settings/email/reply.de'
    expect(await screen.findByRole('dialog', { name: 'Leave without saving?' })).toBeTruthy()
    expect(body().value).toBe('Half a sentence')
  })

  test('offer only what has a value in this kind of e-mail', async () => {
    open('email_link.en')
    await screen.findByText('Original words')
    const offered = within(screen.getByRole('region', { name: 'Insert a variable' }))
    expect(offered.getAllByRole('button').map((one) => one.textContent)).toEqual(['{{desk.name}}'])
    expect(screen.queryByRole('radiogroup', { name: 'The address is' })).toBeNull()
  })
})

describe('where no mail server is', () => {
  startDesk({ ...someSeed, mail: { installation: { kept: true } } })

  test('a test says that it was kept and not sent', async () => {
    open('reply.en')
    await screen.findByText('Original words')
    click('Send a test to me')
    expect(
      await screen.findByText(/^Test for ola@example.com was kept and not sent: this installation has no/),
    ).toBeTruthy()
  })
})

describe('the preview', () => {
  const desk = startDesk(seed)
  const previews = () => requestsOf(desk, 'emailTemplates.preview') as { body: string; proved: boolean }[]

  test('shows the e-mail where nothing can run or load', async () => {
    open('reply.en')
    await screen.findByText('Original words')
    await waitFor(() => expect(frame().getAttribute('srcdoc')).toContain('Ola Nowak answered your request'))
    expect(frame().getAttribute('sandbox')).toBe('allow-same-origin')
    expect(frame().getAttribute('srcdoc')).toContain("default-src 'none'")
    expect(screen.getByText('[Acme Support] The lid is cracked (2647-12)')).toBeTruthy()
  })

  test('follows the words when somebody pauses, not letter by letter', async () => {
    open('reply.en')
    await screen.findByText('[Acme Support] The lid is cracked (2647-12)')
    for (const text of ['A', 'Al', 'All', 'All done.']) type(body(), text)
    await waitFor(() => expect(frame().getAttribute('srcdoc')).toContain('<p>All done.</p>'))
    expect(previews().map((one) => one.body)).toEqual([
      '{{agent.name}} answered your request {{ticket.number}}.',
      'All done.',
    ])
  })

  test('shows the newest words although an older answer comes late', async () => {
    open('reply.en')
    await screen.findByText('[Acme Support] The lid is cracked (2647-12)')
    const release = desk.hold('emailTemplates.preview')
    type(body(), 'Older')
    await waitFor(() => expect(previews().map((one) => one.body)).toContain('Older'))
    type(body(), 'Newer')
    release()
    await waitFor(() => expect(frame().getAttribute('srcdoc')).toContain('<p>Newer</p>'))
    expect(frame().getAttribute('srcdoc')).not.toContain('Older')
  })

  test('shows what an address gets that nobody has proved', async () => {
    open('reply.en')
    await screen.findByText('[Acme Support] The lid is cracked (2647-12)')
    fireEvent.click(screen.getByRole('radio', { name: 'Not proved' }))
    expect(await screen.findByText('[Acme Support] Your request (2647-12)')).toBeTruthy()
    expect(previews().at(-1)?.proved).toBe(false)
  })

  test('shows the plain text as well, and both schemes of colours', async () => {
    open('reply.en')
    await screen.findByText('[Acme Support] The lid is cracked (2647-12)')
    fireEvent.click(screen.getByRole('radio', { name: 'Dark' }))
    expect(frame().getAttribute('srcdoc')).toContain('color-scheme: dark')
    fireEvent.click(screen.getByRole('radio', { name: 'Plain text' }))
    const text = screen.getByRole('region', { name: 'Preview of the e-mail' })
    expect(text.textContent).toContain('Ola Nowak answered your request 2647-12.')
    expect(screen.queryByRole('radiogroup', { name: 'Colours' })).toBeNull()
  })

  test('stays as it was while the words are wrong', async () => {
    open('reply.en')
    await screen.findByText('[Acme Support] The lid is cracked (2647-12)')
    type(body(), '{{nothing}}')
    expect(screen.getByText(/^As it was before/)).toBeTruthy()
    fireEvent.click(screen.getByRole('radio', { name: 'Not proved' }))
    type(body(), 'Right again')
    await waitFor(() => expect(frame().getAttribute('srcdoc')).toContain('Right again'))
    expect(previews().map((one) => one.body)).not.toContain('{{nothing}}')
  })
})

describe('a viewer', () => {
  const agents = [{ name: 'Vic View', email: 'vic@example.com', role: 'viewer' as const }]
  startDesk({ ...seed, agents })

  test('reads the words and the preview, and changes nothing', async () => {
    open('reply.en')
    expect(await screen.findByText(/Only admins and owners/)).toBeTruthy()
    expect(await screen.findByText('[Acme Support] The lid is cracked (2647-12)')).toBeTruthy()
    expect(body().matches(':disabled')).toBe(true)
    expect(screen.getByRole('button', { name: '{{desk.name}}' }).matches(':disabled')).toBe(true)
    expect(screen.queryByRole('button', { name: 'Send a test to me' })).toBeNull()
    // The preview is for everybody, its switches too.
    expect(screen.getByRole('radio', { name: 'Plain text' }).matches(':disabled')).toBe(false)
  })
})

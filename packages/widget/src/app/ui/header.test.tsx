import { fireEvent } from '@testing-library/preact'
import { beforeAll, expect, test } from 'vitest'
import { inside, open, setUp } from '../../testing.ts'

const state = setUp({
  desk: {
    name: 'Acme Support',
    tickets: { enabled: true },
    widget: { homes: { articles: true, messages: true, tickets: true } },
  },
})
beforeAll(() => Promise.all([import('../tickets/part.tsx'), import('../i18n/parts-en.ts')]))

const back = () => inside().queryByRole('button', { name: 'Back' })

function container(): HTMLElement {
  return document.body.appendChild(document.createElement('div'))
}

test('a page for writing begins with the form, to which every way back leads', async () => {
  await open({ mode: 'page', page: 'contact', container: container() })
  fireEvent.input(await inside().findByLabelText('Email'), { target: { value: 'ann@example.com' } })
  expect(back()).toBeNull()
  fireEvent.input(inside().getByLabelText('Message'), { target: { value: 'Hello?' } })
  inside().getByRole('button', { name: 'Send message' }).click()
  await inside().findByRole('log')
  expect(state.requests.find(({ id }) => id === 'conversations.start')!.body).toMatchObject({
    channel: 'contact_form',
  })
  back()!.click()
  await inside().findByLabelText('Message')
})

test('a page of tickets begins with the list, and tickets that begin there say so', async () => {
  await open({ mode: 'page', page: 'tickets', container: container() })
  await inside().findByText('No open tickets.')
  expect(back()).toBeNull()
  inside().getByRole('button', { name: 'New ticket' }).click()
  fireEvent.input(await inside().findByLabelText('Email'), { target: { value: 'ann@example.com' } })
  inside().getByRole('button', { name: 'Continue' }).click()
  fireEvent.input(await inside().findByLabelText('Title'), { target: { value: 'Export stops' } })
  fireEvent.input(inside().getByLabelText('Description'), { target: { value: 'At 1,000 rows.' } })
  inside().getByRole('button', { name: 'Send ticket' }).click()
  await inside().findByRole('log')
  expect(state.requests.find(({ id }) => id === 'tickets.create')!.body).toMatchObject({
    channel: 'ticket_center',
  })
  back()!.click()
  await inside().findByRole('button', { name: /Export stops/ })
})

test('a public link opens its ticket, from which no way leads', async () => {
  const { conversationId } = state.contactStarts({ message: 'Hello?', title: 'Export stops' })
  await open({ linkToken: state.linkToken(conversationId) ?? '' })
  await inside().findByRole('heading', { name: 'Export stops' })
  expect(back()).toBeNull()
})

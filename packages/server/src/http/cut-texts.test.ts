import type { ConversationDetail, InboxItem } from '@helpdesk/core/api'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databaseKinds, startDesk, type TestDesk } from '../testing.ts'

// An emoji has two code units, and limits of the contract count it once.
const emoji = '🐙'

describe.each(databaseKinds)('texts that are cut in the middle of an emoji, on %s', (kind) => {
  let desk: TestDesk
  beforeAll(async () => {
    desk = await startDesk(kind)
  })
  afterAll(() => desk?.close())

  const open = async (id: string) => {
    const { body } = await desk.asOwner({ url: `/api/desks/${desk.deskId}/conversations/${id}` })
    return body as ConversationDetail
  }

  it.each([
    ['only emoji', emoji.repeat(1000), emoji.repeat(500)],
    ['one at the border', `${'a'.repeat(999)}${emoji}`, 'a'.repeat(999)],
    ['one that just fits', `${'a'.repeat(998)}${emoji}`, `${'a'.repeat(998)}${emoji}`],
  ])('claims: %s', async (_, given, kept) => {
    const { conversationId } = await desk.start({ claims: { user_name: given.slice(0, 2000) } })
    expect((await open(conversationId)).contact.claims).toEqual({ user_name: kept })
  })

  it('the page that a message came from', async () => {
    const page = 'https://shop.example/'
    const { conversationId } = await desk.start({ pageUrl: page + emoji.repeat(2000) })
    expect((await open(conversationId)).pageUrl).toBe(page + emoji.repeat(1013))
  })

  it('the first words of a message in the inbox', async () => {
    const { conversationId } = await desk.start({ message: `a${' '.repeat(398)}${emoji}` })
    const { body } = await desk.asOwner({ url: `/api/desks/${desk.deskId}/conversations` })
    const item = (body as { conversations: InboxItem[] }).conversations.find(
      ({ id }) => id === conversationId,
    )
    expect(item?.preview).toBe('a')
  })

  it('the words of an article in letters beyond the first plane', async () => {
    const markdown = '𐐨𐐩𐐪𐐫𐐬𐐭𐐮𐐯 𠀀𠀁𠀂𠀃𠀄'
    const made = await desk.asOwner({
      method: 'POST',
      url: `/api/desks/${desk.deskId}/articles`,
      payload: { locale: 'en', title: '𐐨𐐩𐐪𐐫', markdown },
    })
    const { id } = made.body as { id: string }
    const { status } = await desk.asOwner({
      method: 'POST',
      url: `/api/desks/${desk.deskId}/articles/${id}/texts/en/publish`,
    })
    expect(status).toBe(200)
  })
})

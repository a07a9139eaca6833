import { describe, expect, test } from 'vitest'
import { type AnsweredMail, decideIncoming, type IncomingDecision, type IncomingFacts } from './index.ts'

const letter: IncomingFacts = {
  automatic: null,
  isOwnMessage: false,
  isOwnAddress: false,
  hasSender: true,
  hasContent: true,
  hasSubject: true,
  deskActive: true,
  newConversations: true,
  answers: null,
  isNumberOfSender: false,
  inConversation: 0,
  mostInConversation: 20,
  begun: 0,
  mostBegun: 20,
}
const contact: AnsweredMail = {
  by: 'reply_address',
  recipient: 'contact',
  isFromRecipient: true,
  stillIn: true,
}
const agent: AnsweredMail = { ...contact, recipient: 'agent' }
const posted = (
  match: 'reply_address' | 'message_id' | 'number',
  as: 'contact' | 'agent',
  proved = true,
) => ({
  do: 'post' as const,
  as,
  match,
  proved,
})

describe('what is done with an e-mail', () => {
  test.each<[string, Partial<IncomingFacts>, IncomingDecision]>([
    ['a letter begins a conversation', {}, { do: 'begin' }],
    ['with nothing but a subject', { hasContent: false }, { do: 'begin' }],
    ['with nothing at all', { hasContent: false, hasSubject: false }, { do: 'ignore', reason: 'empty' }],
    ['from nobody', { hasSender: false }, { do: 'ignore', reason: 'no_sender' }],
    [
      'where letters are not taken',
      { newConversations: false },
      { do: 'hold', reason: 'conversations_by_email_off' },
    ],
    ['at a desk that rests', { deskActive: false }, { do: 'hold', reason: 'desk_inactive' }],
    ['the twentieth of an hour', { begun: 19 }, { do: 'begin' }],
    ['the twenty-first of an hour', { begun: 20 }, { do: 'hold', reason: 'too_many' }],
    ['an answer to the reply address', { answers: contact }, posted('reply_address', 'contact')],
    [
      'an answer by Message-ID',
      { answers: { ...contact, by: 'message_id' } },
      posted('message_id', 'contact'),
    ],
    [
      'an answer where letters are not taken',
      { answers: contact, newConversations: false },
      posted('reply_address', 'contact'),
    ],
    [
      'an answer from elsewhere',
      { answers: { ...contact, isFromRecipient: false } },
      { do: 'hold', reason: 'other_sender' },
    ],
    [
      'an answer of somebody merged away',
      { answers: { ...contact, stillIn: false } },
      { do: 'hold', reason: 'other_sender' },
    ],
    [
      'an empty answer from elsewhere',
      { answers: { ...contact, isFromRecipient: false }, hasContent: false },
      { do: 'hold', reason: 'other_sender' },
    ],
    [
      'an empty answer with our subject',
      { answers: contact, hasContent: false },
      { do: 'ignore', reason: 'empty' },
    ],
    [
      'an answer at a desk that rests',
      { answers: contact, deskActive: false },
      { do: 'hold', reason: 'desk_inactive' },
    ],
    ['the twenty-first answer', { answers: contact, inConversation: 20 }, { do: 'hold', reason: 'too_many' }],
    [
      'an answer, however many were begun',
      { answers: contact, begun: 99 },
      posted('reply_address', 'contact'),
    ],
    ["an agent's answer", { answers: agent }, posted('reply_address', 'agent')],
    [
      "an agent's answer at a desk that rests",
      { answers: agent, deskActive: false },
      posted('reply_address', 'agent'),
    ],
    [
      "an agent's answer from elsewhere",
      { answers: { ...agent, isFromRecipient: false } },
      { do: 'hold', reason: 'unproved_agent' },
    ],
    [
      "an agent's answer by Message-ID",
      { answers: { ...agent, by: 'message_id' } },
      { do: 'hold', reason: 'unproved_agent' },
    ],
    [
      'an answer of who is no agent any more',
      { answers: { ...agent, stillIn: false } },
      { do: 'hold', reason: 'unproved_agent' },
    ],
    ['the number of the sender', { isNumberOfSender: true }, posted('number', 'contact', false)],
    [
      'the number beside a wrong answer',
      { isNumberOfSender: true, answers: { ...contact, isFromRecipient: false } },
      { do: 'hold', reason: 'other_sender' },
    ],
    ['our own e-mail', { isOwnMessage: true, answers: contact }, { do: 'ignore', reason: 'own_message' }],
    [
      'from our own address',
      { isOwnAddress: true, answers: contact },
      { do: 'ignore', reason: 'own_address' },
    ],
    [
      'of a program',
      { automatic: 'auto_submitted', answers: contact },
      { do: 'ignore', reason: 'auto_submitted' },
    ],
    [
      'of a program that names no sender',
      { automatic: 'bounce', hasSender: false },
      { do: 'ignore', reason: 'bounce' },
    ],
  ])('%s', (_, facts, decision) => expect(decideIncoming({ ...letter, ...facts })).toEqual(decision))

  test('a program is never answered nor shown, whatever else is true', () => {
    for (const answers of [null, contact, agent])
      for (const deskActive of [true, false])
        for (const isNumberOfSender of [true, false])
          for (const automatic of ['auto_submitted', 'bulk', 'null_return_path', 'bounce'] as const)
            expect(decideIncoming({ ...letter, answers, deskActive, isNumberOfSender, automatic }).do).toBe(
              'ignore',
            )
  })
})

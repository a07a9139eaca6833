import type { ComponentChildren } from 'preact'
import type { KeptMail } from '../adapters/kept-mail.ts'
import { devMailPage, mailbox } from './dev-mail-layout.tsx'
import type { FormInput, ReachableDesk } from './dev-mail-writing.ts'

/** A form as it is before anything was typed. */
export const blankForm: FormInput = {
  text: '',
  subject: '',
  sender: 'recipient',
  name: '',
  email: '',
  desk: '',
  file: null,
}

/** The form for an answer to a kept mail. @param wrong what was wrong with what was typed */
export function renderReply({ id, mail }: KeptMail, input: FormInput, wrong: string | null): string {
  const to = mail.replyTo ?? mail.from
  return devMailPage(
    'Reply as the recipient',
    <>
      <a class="back" href={`../${id}`}>
        ‹ Back to the e-mail
      </a>
      <div class="head">
        <div>
          <h1>Reply as the recipient</h1>
          <p class="soft">
            A whole e-mail is made, with the original quoted under it, and taken in like one that a mail
            server brings.
          </p>
        </div>
      </div>
      <form class="card" method="post" action="reply" encType="multipart/form-data">
        <Wrong what={wrong} />
        <dl>
          <dt>To</dt>
          <dd>
            <bdi>{mailbox(to)}</bdi>
          </dd>
          <dt>Subject</dt>
          <dd>
            <bdi>{/^re:/i.test(mail.subject) ? mail.subject : `Re: ${mail.subject}`}</bdi>
          </dd>
        </dl>
        <fieldset>
          <legend>From</legend>
          <Choice name="sender" value="recipient" checked={input.sender === 'recipient'}>
            <bdi>{mailbox(mail.to)}</bdi>
          </Choice>
          <Choice name="sender" value="other" checked={input.sender === 'other'}>
            Another address, to see what the desk does then
          </Choice>
          <div class="field">
            <input
              type="email"
              name="email"
              aria-label="The other address"
              placeholder="somebody.else@mail.example"
              value={input.email}
            />
          </div>
        </fieldset>
        <Text value={input.text} />
        <File />
        <Send />
      </form>
    </>,
  )
}

/** The form for a first mail to a desk. @param wrong what was wrong with what was typed */
export function renderNew(
  desks: readonly ReachableDesk[],
  domain: string,
  input: FormInput,
  wrong: string | null,
): string {
  return devMailPage(
    'New e-mail to the desk',
    <>
      <a class="back" href="../mail">
        ‹ All mail
      </a>
      <div class="head">
        <div>
          <h1>New e-mail to the desk</h1>
          <p class="soft">
            As if somebody wrote from their own mailbox. It begins a conversation, if the desk allows it.
          </p>
        </div>
      </div>
      <form class="card" method="post" action="new" encType="multipart/form-data">
        <Wrong what={wrong} />
        <div class="field">
          <label for="desk">To</label>
          <select id="desk" name="desk">
            {desks.map(({ publicId, name }) => (
              <option key={publicId} value={publicId} selected={publicId === input.desk}>
                {mailbox({ name, address: `${publicId}@${domain}` })}
              </option>
            ))}
          </select>
        </div>
        <div class="pair">
          <div class="field">
            <label for="email">Your address</label>
            <input
              id="email"
              type="email"
              name="email"
              required
              autocomplete="email"
              placeholder="anna@home.example"
              value={input.email}
            />
          </div>
          <div class="field">
            <label for="name">Your name (optional)</label>
            <input id="name" name="name" maxLength={100} autocomplete="name" value={input.name} />
          </div>
        </div>
        <div class="field">
          <label for="subject">Subject</label>
          <input id="subject" name="subject" maxLength={200} value={input.subject} />
        </div>
        <Text value={input.text} />
        <File />
        <Send />
      </form>
    </>,
  )
}

const Wrong = ({ what }: { what: string | null }) =>
  what === null ? null : (
    <p class="wrong" role="alert">
      {what}
    </p>
  )

interface ChoiceProps {
  name: string
  value: string
  checked: boolean
  children: ComponentChildren
}

const Choice = ({ children, ...radio }: ChoiceProps) => (
  <label class="choice">
    <input type="radio" {...radio} />
    <span>{children}</span>
  </label>
)

const Text = ({ value }: { value: string }) => (
  <div class="field">
    <label for="text">Text</label>
    <textarea id="text" name="text" rows={8} value={value} />
  </div>
)

const File = () => (
  <div class="field">
    <label for="file">File (optional)</label>
    <input id="file" type="file" name="file" aria-describedby="file-hint" />
    <p class="hint" id="file-hint">
      At most 10 MiB.
    </p>
  </div>
)

const Send = () => (
  <div class="actions">
    <button class="button primary" type="submit">
      Send to the desk
    </button>
  </div>
)

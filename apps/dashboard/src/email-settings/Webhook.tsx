import { useState } from 'preact/hooks'
import { Section } from '../desks/SettingsPage.tsx'
import { CodeBlock } from '../ui/CodeBlock.tsx'
import { Confirm } from '../ui/Confirm.tsx'
import { RevealButton } from '../ui/RevealButton.tsx'
import { Segments } from '../ui/Segments.tsx'
import { say } from '../ui/toasts.ts'
import { CopyField } from './CopyField.tsx'
import type { DeskMail } from './desk-mail.ts'
import { exampleCode, hiddenSecret, type WebhookExample, webhookExamples } from './webhook-examples.ts'
import { words } from './words.ts'

const w = words.webhook

/** Where a mail provider hands e-mails over, with what, and how to tell it to. */
export function Webhook({ mail }: { mail: DeskMail }) {
  const [isShown, setShown] = useState(false)
  const [isAsked, setAsked] = useState(false)
  const webhook = mail.settings.value?.webhook
  if (!webhook) return null
  const { url, secret } = webhook
  return (
    <Section title={w.title} text={w.text}>
      <CopyField label={w.url} value={url} copyLabel={w.copyUrl} />
      <CopyField
        label={w.secret}
        value={secret}
        shown={isShown ? secret : '••••••••••••••••'}
        copyLabel={w.copySecret}
      >
        <RevealButton shown={isShown} show={w.show} hide={w.hide} onToggle={() => setShown(!isShown)} />
      </CopyField>
      <div class="key-actions">
        <button type="button" class="link-button" onClick={() => setAsked(true)}>
          {w.replace}
        </button>
      </div>
      <Examples url={url} secret={isShown ? secret : null} />
      {isAsked && (
        <Confirm
          title={w.replaceTitle}
          text={w.replaceText}
          action={w.replaceAction}
          danger
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await mail.replaceWebhookSecret()
            say(w.replaced)
          }}
        />
      )}
    </Section>
  )
}

function Examples({ url, secret }: { url: string; secret: string | null }) {
  const [example, setExample] = useState<WebhookExample>('curl')
  const code = exampleCode(example, url, secret ?? hiddenSecret)
  return (
    <details class="rotation webhook-examples">
      <summary>{w.examples}</summary>
      <div class="embed">
        <Segments
          label={w.exampleLabel}
          value={example}
          onChange={setExample}
          options={webhookExamples.map((value) => ({ value, label: w.names[value] }))}
        />
        <p class="soft">{w.how[example]}</p>
        <CodeBlock
          code={code}
          label={w.names[example]}
          copyLabel={w.copyCode}
          wrap={example !== 'cloudflare'}
        />
        {secret === null && code.includes(hiddenSecret) && example !== 'cloudflare' && (
          <p class="soft">{w.hidden}</p>
        )}
      </div>
    </details>
  )
}

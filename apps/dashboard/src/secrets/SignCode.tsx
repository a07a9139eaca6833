import type { SecretKey } from '@helpdesk/core/api'
import { useState } from 'preact/hooks'
import { useDesk } from '../desks/open-desk.ts'
import { fillIn, type SnippetLanguage, snippetLanguages } from '../desks/snippets.ts'
import { href } from '../router.ts'
import { CodeBlock } from '../ui/CodeBlock.tsx'
import { Field } from '../ui/Field.tsx'
import { Segments } from '../ui/Segments.tsx'
import { remember, remembered } from '../ui/storage.ts'
import { signSnippets } from './sign-snippets.ts'
import { words } from './words.ts'

const w = words.sign
const languages = Object.entries(snippetLanguages) as [SnippetLanguage, { name: string }][]

/** Code that signs a page's user, with the desk and the key filled in. */
export function SignCode({ keys }: { keys: readonly SecretKey[] | null }) {
  const desk = useDesk()
  const [language, setLanguage] = useState<SnippetLanguage>(
    () => languages.find(([one]) => one === remembered('snippet-language'))?.[0] ?? 'node',
  )
  const live = (keys ?? []).filter((key) => key.live)
  const [picked, setPicked] = useState<string | null>(null)
  const keyId = live.find((key) => key.id === picked)?.id ?? live[0]?.id ?? 'KEY_ID'
  const { name } = snippetLanguages[language]
  return (
    <div class="settings-form sign-code">
      <p class="soft page-lead">{w.lead}</p>
      <div class="pair">
        <div class="field">
          <span class="label">{w.language}</span>
          <Segments
            label={w.language}
            value={language}
            onChange={(next) => {
              setLanguage(next)
              remember('snippet-language', next)
            }}
            options={languages.map(([value, one]) => ({ value, label: one.name }))}
          />
        </div>
        {live.length > 1 && (
          <Field label={w.key}>
            {(control) => (
              <select
                {...control}
                class="input select"
                value={keyId}
                onChange={(event) => setPicked(event.currentTarget.value)}
              >
                {live.map((key) => (
                  <option key={key.id} value={key.id}>
                    {key.id}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
      </div>
      {keys && live.length === 0 && (
        <p class="notice warm">
          <span>
            {w.noKey}{' '}
            <a href={href({ page: 'settings', deskId: desk.id, section: 'security' })}>{w.toKeys}</a>
          </span>
        </p>
      )}
      <ol class="sign-steps">
        <li>
          <p>{w.env}</p>
          <CodeBlock code="HELPDESK_SECRET=…" label={w.envLabel} />
        </li>
        <li>
          <p>{w.add}</p>
          <CodeBlock
            code={fillIn(signSnippets[language].trimEnd(), desk.id, keyId)}
            label={w.code(name)}
            copyLabel={w.copy}
          />
        </li>
        <li>
          <p>{w.use}</p>
          <p class="soft">{w.attributes}</p>
          <p class="link-actions">
            <a href={href({ page: 'settings', deskId: desk.id, section: 'widget' })}>{w.toEmbed}</a>
            <a href={href({ page: 'settings', deskId: desk.id, section: 'security', item: 'debug' })}>
              {w.toDebug}
            </a>
          </p>
        </li>
      </ol>
    </div>
  )
}

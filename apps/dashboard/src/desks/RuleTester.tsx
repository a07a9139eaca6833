import { decideVisibility } from '@helpdesk/core'
import { useState } from 'preact/hooks'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { toRules } from './UrlRules.tsx'
import { words } from './words.ts'

const w = words.tester

/** Says whether the widget shows on a page, and why, by the same function that the widget asks. */
export function RuleTester({ show, hide }: { show: string; hide: string }) {
  const [url, setUrl] = useState('')
  const page = url.trim()
  return (
    <div class="tester">
      <h3>{w.title}</h3>
      <Field label={w.label} hint={page ? undefined : w.empty}>
        {(control) => (
          <input
            {...control}
            class="input"
            type="url"
            inputMode="url"
            spellcheck={false}
            placeholder={w.placeholder}
            value={url}
            onInput={(event) => setUrl(event.currentTarget.value)}
            onKeyDown={(event) => {
              // Enter would save the page of settings, which nobody means here.
              if (event.key === 'Enter') event.preventDefault()
            }}
          />
        )}
      </Field>
      <div role="status">{page && <Decision url={page} show={toRules(show)} hide={toRules(hide)} />}</div>
    </div>
  )
}

function Decision({ url, show, hide }: { url: string; show: string[]; hide: string[] }) {
  const { visible, because, pattern } = decideVisibility(url, { show, hide })
  return (
    <div class={visible ? 'notice good' : 'notice danger'}>
      <Icon name={visible ? 'eye' : 'eyeOff'} />
      <div>
        <strong>{visible ? w.visible : w.hidden}</strong> {w.because[because]}{' '}
        {pattern && <code class="pattern">{pattern}</code>}
        {!/^[a-z][a-z0-9+.-]*:\/\//i.test(url) && <p class="soft">{w.relative}</p>}
      </div>
    </div>
  )
}

import type { Locale } from '@helpdesk/core'
import { mayAnswer } from '../conversations/actions.ts'
import { useDesk } from '../desks/open-desk.ts'
import { languages } from '../desks/words.ts'
import { href, navigate } from '../router.ts'
import type { ArticleWork } from './article-work.ts'
import { words } from './editor-words.ts'
import { stateOf } from './filter.ts'
import type { TextDraft } from './text-draft.ts'
import { words as listWords } from './words.ts'

const locales = Object.keys(languages) as Locale[]

interface TabsProps {
  work: ArticleWork
  shown: Locale
}

/** The languages of an article, each with an address of its own, and those that it can still get. */
export function LanguageTabs({ work, shown }: TabsProps) {
  const desk = useDesk()
  const { locale: own = 'en', role } = desk.settings.value ?? {}
  const ordered = [own, ...locales.filter((one) => one !== own)]
  const drafts = work.drafts.value
  const written = ordered.filter((one) => one === shown || drafts.some(({ locale }) => locale === one))
  const missing = ordered.filter((one) => !written.includes(one))
  const place = (locale: Locale) => ({ page: 'articles', deskId: desk.id, item: work.id, locale }) as const
  return (
    <nav class="language-tabs" aria-label={words.language}>
      {written.map((one) => (
        <a key={one} class="tab" href={href(place(one))} aria-current={one === shown ? 'page' : undefined}>
          <span lang={one}>{languages[one]}</span>
          <Dot draft={drafts.find(({ locale }) => locale === one)} />
        </a>
      ))}
      {missing.length > 0 && mayAnswer(role) && (
        <select
          class="select add-language"
          aria-label={words.addLanguage}
          value=""
          onChange={(event) => {
            const wanted = missing.find((one) => one === event.currentTarget.value)
            event.currentTarget.value = ''
            if (wanted) navigate(place(wanted))
          }}
        >
          <option value="" disabled hidden>
            + {words.addLanguage}
          </option>
          {missing.map((one) => (
            <option key={one} value={one} lang={one}>
              {languages[one]}
            </option>
          ))}
        </select>
      )}
    </nav>
  )
}

function Dot({ draft }: { draft: TextDraft | undefined }) {
  if (!draft) return null
  const state = stateOf(draft.saved.value)
  const label = listWords.states[state]
  return (
    <>
      <i class={`text-dot ${state}`} title={label} />
      <span class="hidden-visually">, {label}</span>
    </>
  )
}

import type { Locale } from '@helpdesk/core'
import type { DeskRecord } from '../desks/service.ts'
import { page } from './hosted-views.tsx'
import { unsubscribeTexts } from './unsubscribe-texts.ts'

/** The page on which a contact asks for no more e-mails. @param place `action`: where its form posts to */
export function unsubscribePage(
  desk: DeskRecord,
  place: { locale: Locale; state: 'asked' | 'done' | 'undone'; action: string },
): string {
  const { locale, state, action } = place
  const texts = unsubscribeTexts[locale]
  const [title, hint] = {
    asked: [texts.title, texts.question],
    done: [texts.done, texts.doneHint],
    undone: [texts.undone, texts.undoneHint],
  }[state] as [string, (desk: string) => string]
  return page({
    desk,
    locale,
    title,
    children: (
      <div class="frame small">
        <div class="plain center">
          <h1>{title}</h1>
          <p>{hint(desk.settings.name)}</p>
          {state !== 'undone' && (
            <form method="post" action={action}>
              <input type="hidden" name="wish" value={state === 'done' ? 'undo' : 'none'} />
              <button type="submit" class={state === 'done' ? 'second' : undefined}>
                {state === 'done' ? texts.undo : texts.confirm}
              </button>
            </form>
          )}
        </div>
      </div>
    ),
  })
}

import { Attachments } from '../attachments/Attachments.tsx'
import { freePreviews } from '../attachments/previews.ts'
import { useAllTexts, useModel } from '../context.ts'
import { homeOf } from '../screen.ts'
import { Icon } from '../ui/icons.tsx'
import type { Entry } from './entries.ts'
import { findLinks } from './links.ts'
import type { OutboxItem } from './outbox.ts'

/** One message of a thread, with the day before it and what became of it below. */
export function Bubble({ entry, conversationId }: { entry: Entry; conversationId?: string }) {
  const { t, day } = useAllTexts()
  const { isOwn, isColleague, name, body, attachments, at, startsDay, startsRun, endsRun, item } = entry
  const author = isOwn ? t('you') : (name ?? t(isColleague ? 'colleague' : 'team'))
  const classes = [
    'message',
    isOwn && 'own',
    isColleague && 'colleague',
    startsRun && 'first',
    endsRun && 'last',
    item?.state,
  ]
  return (
    <>
      {startsDay && <h3 class="day">{day(at, Date.now())}</h3>}
      <article class={classes.filter(Boolean).join(' ')} aria-label={author}>
        {startsRun && !isOwn && <p class="author">{author}</p>}
        {body && (
          <p class="text" dir="auto">
            {findLinks(body).map(({ text, href }) =>
              href ? (
                <a href={href} target="_blank" rel="noopener noreferrer nofollow">
                  {text}
                </a>
              ) : (
                text
              ),
            )}
          </p>
        )}
        <Attachments files={attachments} conversationId={conversationId} />
        <Foot entry={entry} />
      </article>
    </>
  )
}

function Foot({ entry: { item, at, via, endsRun, isSeen } }: { entry: Entry }) {
  const { outbox, shell, store } = useModel()
  const { t, time, error } = useAllTexts()
  const discard = ({ key, conversationId, attachments }: OutboxItem) => {
    outbox.discard(key)
    freePreviews(attachments)
    // With its first message gone there is no thread any more.
    if (!conversationId) store.set({ screen: homeOf(shell.options) })
  }
  if (item?.state === 'failed') {
    return (
      <div class="foot bad" role="alert">
        <span>
          <Icon name="alert" />
          {t('failed')} {error(item.error ?? '')}
        </span>
        <button class="link" type="button" onClick={() => outbox.retry(item.key)}>
          {t('retry')}
        </button>
        <button class="link" type="button" onClick={() => discard(item)}>
          {t('discard')}
        </button>
      </div>
    )
  }
  if (item) return <p class="foot">{t(item.state)}</p>
  if (!endsRun && !isSeen && !via) return null
  return (
    <p class="foot">
      <time dateTime={at}>{time(at)}</time>
      {via && <span>&nbsp;· {t(`via.${via}`)}</span>}
      {isSeen && <span>&nbsp;· {t('seen')}</span>}
    </p>
  )
}

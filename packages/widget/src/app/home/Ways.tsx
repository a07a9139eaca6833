import { whyNoMessages } from '../../availability.ts'
import { useModel, useStore, useTexts } from '../context.ts'
import { keepDraft } from '../conversations/drafts.ts'
import { prepare } from '../parts.ts'
import type { ArticleScreen, Screen } from '../screen.ts'
import { Icon } from '../ui/icons.tsx'
import { offersTickets } from './offers.ts'

/** Goes to a screen, which is loaded as soon as it is clear that somebody means to. */
export function useWay(screen: Screen) {
  const model = useModel()
  const getReady = () => prepare(model, screen)
  return {
    type: 'button',
    onPointerEnter: getReady,
    onFocus: getReady,
    onClick: () => model.store.set({ screen }),
  } as const
}

/**
 * The ways to write to the desk. `text` is begun with, unless something has been written there already; `from` is where
 * the way back leads, instead of home.
 */
export function Ways({ text, from }: { text?: string; from?: ArticleScreen }) {
  const desk = useStore((state) => state.desk)
  const { t } = useTexts()
  const reason = whyNoMessages(desk)
  return (
    <div class="ways">
      {!reason && (
        <Way
          screen={{ name: 'message', from }}
          title={t('write')}
          text={t('writeHint')}
          field="message"
          begin={text}
        />
      )}
      {offersTickets(desk) && (!reason || reason === 'messaging-off') && (
        <Way
          screen={{ name: 'new-ticket', from }}
          title={t('newTicket')}
          text={t('newTicketHint')}
          isSecond={!reason}
          field="title"
          begin={text}
        />
      )}
    </div>
  )
}

interface WayProps {
  screen: Screen
  title: string
  text: string
  /** There is another one before it. */
  isSecond?: boolean
  /** The draft that is begun. */
  field: string
  begin: string | undefined
}

function Way({ screen, title, text, isSecond, field, begin }: WayProps) {
  const model = useModel()
  const { onClick, ...way } = useWay(screen)
  return (
    <button
      {...way}
      class={isSecond ? 'write second' : 'write'}
      onClick={() => {
        if (begin && !model.store.get().drafts[field]) keepDraft(model, field, begin)
        onClick()
      }}
    >
      <span>
        <b>{title}</b>
        {text}
      </span>
      <Icon name="forward" />
    </button>
  )
}

import { whyNoMessages } from '../../availability.ts'
import { useAllTexts, useStore } from '../context.ts'
import { offersTickets } from '../home/offers.ts'
import { Ways } from '../home/Ways.tsx'
import type { ArticleScreen } from '../screen.ts'

/** The ways to write, for who has not found what they looked for; what that was goes along, and the article read last. */
export function StillNeedHelp({ text, from }: { text: string; from?: ArticleScreen }) {
  const { t } = useAllTexts()
  const desk = useStore((state) => state.desk)
  const reason = whyNoMessages(desk)
  if (reason && !(reason === 'messaging-off' && offersTickets(desk))) return null
  return (
    <section class="still">
      <h3>{t('stillNeedHelp')}</h3>
      <Ways text={text} from={from} />
    </section>
  )
}

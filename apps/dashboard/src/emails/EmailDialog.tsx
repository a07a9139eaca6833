import { useDesk } from '../desks/open-desk.ts'
import { href } from '../router.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Icon } from '../ui/Icon.tsx'
import { words as uiWords } from '../ui/words.ts'
import { EmailView, useEmail } from './EmailView.tsx'
import { Subject } from './Subject.tsx'
import { words } from './words.ts'

interface DialogProps {
  id: string
  onClose: () => void
  onDecided?: () => void
}

/** One e-mail that came in, over the conversation it belongs to. */
export function EmailDialog({ id, onClose, onDecided }: DialogProps) {
  const desk = useDesk()
  const answer = useEmail(id)
  return (
    <Dialog label={words.original.title} onClose={onClose} class="email-dialog">
      <header class="dialog-head">
        <h2 class="email-title">{answer.value ? <Subject of={answer.value} /> : words.original.title}</h2>
        <a
          class="button quiet icon"
          href={href({ page: 'emails', deskId: desk.id, tab: 'received', item: id })}
          aria-label={words.email.openPage}
          title={words.email.openPage}
        >
          <Icon name="external" />
        </a>
        <button type="button" class="button quiet icon" aria-label={uiWords.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <EmailView
        answer={answer}
        onDecided={() => {
          onDecided?.()
          onClose()
        }}
      />
    </Dialog>
  )
}

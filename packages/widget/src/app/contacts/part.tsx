import type { Part } from '../parts.ts'
import type { Screen } from '../screen.ts'
import { fieldsCss } from '../ui/fields.css.ts'
import { contactsCss } from './contacts.css.ts'
import { Restore } from './Restore.tsx'

/** Conversations that come back by e-mail. */
export const restorePart: Part = {
  styles: [fieldsCss, contactsCss],
  View: ({ screen }: { screen: Screen }) =>
    screen.name === 'restore' ? <Restore key={screen.name} from={screen.from} /> : null,
}

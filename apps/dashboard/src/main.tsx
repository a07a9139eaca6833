import { render } from 'preact'
import { App } from './App.tsx'
import { followAddress } from './router.ts'
import { followKeys } from './ui/shortcuts.ts'
import { applyTheme } from './ui/theme.ts'
import { startClock } from './ui/time.ts'
import { followVisibility } from './ui/visibility.ts'
import './ui/tokens.css'
import './ui/base.css'
import './ui/controls.css'
import './ui/fields.css'
import './ui/overlays.css'
import './agents/agents.css'
import './conversations/navigation.css'
import './conversations/navigation-narrow.css'
import './conversations/list.css'
import './conversations/thread.css'
import './conversations/details.css'
import './conversations/conversation.css'
import './conversations/composer.css'
import './attachments/attachments.css'
import './contacts/contacts.css'
import './desks/settings.css'
import './desks/start.css'
import './desks/preview.css'
import './desks/snippets.css'
import './categories/categories.css'
import './articles/articles.css'
import './articles/editor.css'
import './articles/insert.css'
import './secrets/secrets.css'
import './email-settings/email-settings.css'
import './emails/emails.css'
import './emails/email.css'
import './email-settings/templates.css'

applyTheme()
startClock()
followVisibility()
followAddress()
followKeys()

const root = document.getElementById('app')
if (root) render(<App />, root)

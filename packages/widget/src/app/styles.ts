import { conversationsCss } from './conversations/conversations.css.ts'
import { homeCss } from './home/home.css.ts'
import { controlsCss } from './ui/controls.css.ts'
import { panelCss } from './ui/panel.css.ts'

/** Everything the application looks like. */
export const styles: string = panelCss + controlsCss + homeCss + conversationsCss

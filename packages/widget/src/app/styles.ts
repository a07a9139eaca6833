import { homeCss } from './home/home.css.ts'
import { controlsCss } from './ui/controls.css.ts'
import { panelCss } from './ui/panel.css.ts'

/** What the first screen, and every other one, looks like. */
export const styles: string = panelCss + controlsCss + homeCss

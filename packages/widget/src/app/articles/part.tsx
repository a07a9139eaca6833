import type { Part } from '../parts.ts'
import type { Screen } from '../screen.ts'
import { fieldsCss } from '../ui/fields.css.ts'
import { Article } from './Article.tsx'
import { articlesCss } from './articles.css.ts'
import { Results } from './Results.tsx'
import { readingCss } from './reading.css.ts'

/** Searching the help centre and reading its articles. */
export const articlesPart: Part = {
  styles: [fieldsCss, articlesCss, readingCss],
  View: ({ screen }: { screen: Screen }) =>
    screen.name === 'article' ? (
      <Article key={`${screen.slug} ${screen.locale}`} screen={screen} />
    ) : (
      <Results />
    ),
}

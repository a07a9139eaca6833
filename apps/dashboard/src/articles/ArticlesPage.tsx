import type { Locale } from '@helpdesk/core'
import { useDesk } from '../desks/open-desk.ts'
import { ArticleEditor } from './ArticleEditor.tsx'
import { ArticleList } from './ArticleList.tsx'
import { FilesPage } from './FilesPage.tsx'
import { Insights } from './Insights.tsx'

interface PageProps {
  /** An article's id, or the name of another page of the knowledge base. */
  item: string | undefined
  locale: Locale | undefined
}

/** The knowledge base: its list, one of its articles, or what is around them. */
export function ArticlesPage({ item, locale }: PageProps) {
  const desk = useDesk()
  if (!desk.settings.value) return null
  if (item === undefined) return <ArticleList />
  if (item === 'insights') return <Insights />
  if (item === 'files') return <FilesPage />
  return <ArticleEditor key={item} id={item} locale={locale} />
}

import { type AgentClient, createAgentClient, isApiError } from '@helpdesk/client'
import { words } from './ui/words.ts'

/**
 * Where the desk's server is mounted, from where this page is: `{prefix}/dashboard/` → `{prefix}/`. The files
 * are built without knowing the prefix.
 */
export function deskUrl(page: string = document.baseURI): string {
  return new URL('..', page.replace(/[?#].*$/, '')).href
}

/** The way to the desk, with the session cookie of this browser. */
export const client: AgentClient = createAgentClient({ url: deskUrl() })

/** The code of a failure, whatever was caught. */
export function errorCode(error: unknown): string {
  return isApiError(error) ? error.code : 'unexpected'
}

/** A failure in words for the person in front of the screen. */
export function errorText(error: unknown): string {
  const known = words.errors as Record<string, string>
  if (!isApiError(error)) return words.wentWrong
  return known[error.code] ?? error.problem?.detail ?? error.problem?.title ?? words.wentWrong
}

/**
 * What is wrong with each field of a refused request, by its path in the body (`widget/color`); empty when
 * the failure is no matter of fields.
 */
export function fieldProblems(error: unknown): Readonly<Record<string, string>> {
  if (!isApiError(error)) return {}
  const entries = Object.entries(error.fields).map(([pointer, detail]) => [
    pointer.replace(/^\/body\/?/, ''),
    words.refused(detail),
  ])
  return Object.fromEntries(entries)
}

import { HelpdeskError } from '@helpdesk/core'
import type { FastifyRequest } from 'fastify'
import type { Config } from '../options.ts'

/** What a request says about the page that sent it. */
export interface OriginFacts {
  /** The `Origin` header. */
  origin: string | undefined
  /** The `Sec-Fetch-Site` header, which scripts cannot set. */
  fetchSite: string | undefined
  hasCookies: boolean
}

/**
 * Whether an agent's write may be carried out, given the page it comes from.
 * - An origin of our own passes, unless the browser itself calls the request cross-site.
 * - An origin that the operator listed passes from wherever it is.
 * - Any other origin is refused; so is `null` (sandboxed frames, local files).
 * - Without an origin: browsers send one with every write, so a request that has cookies or names a foreign site
 *   is refused; one without cookies (curl, a server with a token) carries nothing that a page could abuse.
 * @param own our own origins, as `new URL().origin` writes them
 * @param listed the operator's further origins, written likewise
 */
export function originAllowed(
  facts: OriginFacts,
  own: readonly string[],
  listed: readonly string[],
): boolean {
  const { origin, fetchSite, hasCookies } = facts
  if (origin === undefined) return fetchSite === 'same-origin' || (fetchSite === undefined && !hasCookies)
  // What is no origin must not equal what we could not make an origin of.
  if (origin === 'null' || origin === '') return false
  if (listed.includes(origin)) return true
  return fetchSite !== 'cross-site' && own.includes(origin)
}

/**
 * Refuses an agent's write that another site's page caused.
 * @throws HelpdeskError origin_not_allowed
 */
export function checkOrigin(
  config: Pick<Config, 'publicUrl' | 'allowedOrigins'>,
  request: FastifyRequest,
): void {
  const fetchSite = request.headers['sec-fetch-site']
  const facts = {
    origin: request.headers.origin,
    fetchSite: typeof fetchSite === 'string' ? fetchSite : undefined,
    hasCookies: request.headers.cookie !== undefined,
  }
  const own = [originOf(`${request.protocol}://${request.host}`), originOf(config.publicUrl)]
  if (originAllowed(facts, own, config.allowedOrigins)) return
  throw new HelpdeskError('origin_not_allowed', {
    detail:
      facts.origin === undefined ? 'The Origin header is missing' : 'The page belongs to another origin',
  })
}

/** A `Host` header can be anything: what is no address equals no origin. */
function originOf(address: string): string {
  return URL.canParse(address) ? new URL(address).origin : ''
}

import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../options.ts'

/** 256 random bits in base64url: anything else never reaches the database. */
const tokenPattern = /^[A-Za-z0-9_-]{43}$/

/**
 * Whether the browser reaches us through TLS: as the request says (which honours the host's `trustProxy`), or
 * because the public address, reached by its own name, is an https one.
 */
export function isSecure(config: Pick<Config, 'publicUrl'>, request: FastifyRequest): boolean {
  if (request.protocol === 'https') return true
  const { protocol, host } = new URL(config.publicUrl)
  return protocol === 'https:' && host === request.host
}

/**
 * The name of the session cookie. `__Host-` makes browsers refuse it without TLS, from subdomains and for other
 * paths; without TLS (on the own machine) browsers would not store such a cookie at all.
 */
export function sessionCookieName(secure: boolean): string {
  return secure ? '__Host-helpdesk_session' : 'helpdesk_session'
}

/** The session token of a request: exactly one well-formed cookie of the right name, else null. */
export function readSessionCookie(config: Pick<Config, 'publicUrl'>, request: FastifyRequest): string | null {
  const header = request.headers.cookie
  if (header === undefined) return null
  const prefix = `${sessionCookieName(isSecure(config, request))}=`
  const found = header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(prefix))
  // Two of the same name: one of them was planted from another path, and nothing says which.
  const token = found.length === 1 ? found[0]?.slice(prefix.length) : undefined
  return token !== undefined && tokenPattern.test(token) ? token : null
}

/** Gives the browser a session token for so many seconds. */
export function writeSessionCookie(
  config: Pick<Config, 'publicUrl'>,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  maxAgeSeconds: number,
): void {
  const secure = isSecure(config, request)
  const attributes = `Path=/; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`
  // Fastify adds to cookies that the host may have set, it does not replace them.
  reply.header('set-cookie', `${sessionCookieName(secure)}=${token}; ${attributes}`)
}

/** Makes the browser forget its session token. */
export function clearSessionCookie(
  config: Pick<Config, 'publicUrl'>,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  writeSessionCookie(config, request, reply, '', 0)
}

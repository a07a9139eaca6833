import type { Api, Body, ContactSession } from '@helpdesk/core/api'
import type { Answer, CallOptions, Plain } from './http.ts'
import type { VisitorClient } from './visitor-client.ts'

type Routes = Api['contacts']

/** `{ email, locale? }`. */
export type EmailLinkRequest = Plain<Body<Routes['requestEmailLink']>>
/** `{ expiresAt }`, the same whether the address is known or not. */
export type EmailLinkRequested = Answer<Routes['requestEmailLink']>
/** `{ token }` of the link, or `{ email, code }`. */
export type EmailLinkProof = { token: string } | { email: string; code: string }

/** Brings the conversations of an address back to a browser that has lost them. */
export interface EmailLinks {
  /**
   * Has a one-time link and a code sent to the address. The credentials that are kept go along: what was written with them
   * joins when they are there again with the link.
   */
  request(input: EmailLinkRequest, options?: CallOptions): Promise<EmailLinkRequested>
  /**
   * Exchanges the link or the code for a session, which takes the place of the credentials that were kept; those go
   * along, so that what was written meanwhile is not lost. Fails with `email_link_invalid`.
   */
  redeem(proof: EmailLinkProof, options?: CallOptions): Promise<ContactSession>
}

/**
 * One-time links for a visitor's client; apart from it, because few visitors need them.
 * @example
 * await emailLinks(desk).request({ email: 'ann@example.com' })
 * await emailLinks(desk).redeem({ email: 'ann@example.com', code: '123456' })
 */
export function emailLinks({ connection: { http, base, credentials } }: VisitorClient): EmailLinks {
  return {
    request: (body, options) =>
      http.call<Routes['requestEmailLink']>(`POST ${base}/email-link`, { body }, options),
    async redeem(body, options) {
      const session = await http.call<Routes['redeemEmailLink']>(
        `POST ${base}/email-link/redeem`,
        { body },
        options,
      )
      credentials.set({ contactId: session.contactId, contactToken: session.contactToken })
      return session
    },
  }
}

import { type Html, html } from './html.ts'
import type { Site } from './layout.ts'

/** Attributes of a signed-in customer, as the helpdesk names them. */
export type CustomerIdentity = Readonly<Record<string, string>>

/** The one customer of this shop: a person who orders for a café. */
export const customer: CustomerIdentity = {
  client_external_id: 'cafe-12',
  client_name: 'Harbour Café',
  client_plan: 'Wholesale',
  client_url: 'https://harbour.example',
  user_external_id: 'robin-7',
  user_email: 'robin@harbour.example',
  user_name: 'Robin Sample',
  user_phone: '+31205550107',
}

/** What the shop's server says of who is signed in, with its signature. */
export interface SignedCustomer {
  identity: CustomerIdentity
  signature: string
}

const cookieName = 'demo_customer'

/** Whether a Cookie header is that of a signed-in customer. A real shop would keep a session here. */
export function isSignedIn(cookieHeader: string | undefined): boolean {
  return (cookieHeader ?? '').split(';').some((one) => one.trim() === `${cookieName}=robin`)
}

/** The Set-Cookie header that signs the customer in or out. */
export function customerCookie(signedIn: boolean, path: string): string {
  return `${cookieName}=${signedIn ? 'robin' : '; Max-Age=0'}; Path=${path || '/'}; HttpOnly; SameSite=Lax`
}

/** The script tag as the documentation writes it, with what the server vouches for when somebody is signed in. */
export function scriptTag({ helpdeskBase, deskId }: Site, signed: SignedCustomer | null): Html {
  const said = Object.entries(signed ? { ...signed.identity, signature: signed.signature } : {})
  const attributes = said.map(
    ([name, value]) =>
      html` ${`data-${name === 'user_email' ? 'email' : name.replaceAll('_', '-')}`}="${value}"`,
  )
  return html`<script src="${helpdeskBase}/widget.js" data-helpdesk-id="${deskId}"${attributes}></script>`
}

/**
 * The other way to embed: a container, a global and the plain script. Under a content security policy the inline
 * script needs the nonce.
 */
export function containerAndGlobal(site: Site, signed: SignedCustomer | null, nonce: string): Html {
  const config = {
    account_url: site.helpdeskBase || undefined,
    desk_token: site.deskId,
    locale: 'en',
    ...signed?.identity,
    ...(signed && { signature: signed.signature }),
  }
  // In a script only the end of the element has to be kept from happening.
  const text = JSON.stringify(config, null, 2).replaceAll('<', '\\u003c')
  return html`<script nonce="${nonce}">
  var IntumHelpdeskWidget = ${{ markup: text }};
</script>
<script src="${site.helpdeskBase}/widget.js"></script>`
}

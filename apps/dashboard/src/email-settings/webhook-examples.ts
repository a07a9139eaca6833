/** The ways to hand e-mails over of which there is a ready-made example. */
export const webhookExamples = ['curl', 'postmark', 'sendgrid', 'mailgun', 'cloudflare', 'postfix'] as const
export type WebhookExample = (typeof webhookExamples)[number]

/** What stands where a secret is not to be seen. */
export const hiddenSecret = 'SECRET'

/** What to enter, or to run, so that e-mails are handed over. */
export function exampleCode(example: WebhookExample, url: string, secret: string): string {
  switch (example) {
    case 'curl':
      return [
        'curl --fail-with-body \\',
        `  -H 'Authorization: Bearer ${secret}' \\`,
        "  -H 'Content-Type: message/rfc822' \\",
        `  --data-binary @mail.eml '${url}'`,
      ].join('\n')
    case 'postmark':
    case 'sendgrid':
      return withPassword(url, secret)
    case 'mailgun':
      // It hands over whole e-mails only to addresses that end so.
      return `${withPassword(url, secret)}?format=mime`
    case 'cloudflare':
      return worker(url)
    case 'postfix':
      // 75 is EX_TEMPFAIL: the mail server keeps the e-mail and tries again.
      return `support: "|curl -sf -H 'Authorization: Bearer ${secret}' -H 'Content-Type: message/rfc822' --data-binary @- '${url}' || exit 75"`
  }
}

/** Providers that take nothing but an address take the secret in it. */
function withPassword(url: string, secret: string): string {
  const address = new URL(url)
  address.username = 'helpdesk'
  address.password = secret
  return address.href
}

const worker = (url: string) => `export default {
  async email(message, env) {
    const envelope = new URLSearchParams({ from: message.from, to: message.to })
    const answer = await fetch(\`${url}?\${envelope}\`, {
      method: 'POST',
      headers: {
        'content-type': 'message/rfc822',
        authorization: \`Bearer \${env.HELPDESK_SECRET}\`,
      },
      body: await new Response(message.raw).arrayBuffer(),
    })
    // What fails here is tried again by the sender.
    if (!answer.ok) throw new Error(\`Not taken: \${answer.status}\`)
  },
}`

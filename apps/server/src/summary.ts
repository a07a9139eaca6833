import type { ServerConfig } from './env.ts'
import type { HelpdeskServer } from './server.ts'

/** What the terminal shows once the server is up. */
export function summary(
  config: ServerConfig,
  server: Pick<HelpdeskServer, 'publicUrl' | 'helpCenterUrl' | 'setupUrl' | 'demoOwner'>,
  options: { color: boolean },
): string {
  const paint = (code: string) => (text: string) => (options.color ? `\u001b[${code}m${text}\u001b[0m` : text)
  const bold = paint('1')
  const dim = paint('2')
  const link = paint('36')
  const { publicUrl, helpCenterUrl, setupUrl, demoOwner } = server
  const row = (name: string, value: string) => `  ${name.padEnd(13)}${value}`
  const lines = ['', `  ${bold('Helpdesk is running')}`, '']
  if (config.demo) lines.push(row('Demo shop', link(`${publicUrl}/demo`)))
  lines.push(row('Dashboard', link(`${publicUrl}/dashboard/`)))
  if (helpCenterUrl) lines.push(row('Help centre', link(helpCenterUrl)))
  if (config.demo && config.smtpUrl === null) {
    lines.push(row('E-mails', `${link(`${publicUrl}/dev/mail`)} ${dim('kept there, none is sent')}`))
  }
  const { incomingMail } = config
  if (incomingMail) {
    const by = incomingMail.listen ? `SMTP, port ${incomingMail.listen.port}` : 'the webhook of each desk'
    lines.push(row('Mail in', `@${incomingMail.domain} ${dim(by)}`))
  }
  lines.push(row('API', link(`${publicUrl}/api/docs`)), '')
  if (demoOwner) {
    lines.push(row('Sign in as', bold(demoOwner.email)))
    // A password from the environment is known to whoever set it, and no business of the log.
    if (!config.owner) lines.push(row('with', bold(demoOwner.password)))
    lines.push('')
  }
  if (setupUrl) lines.push('  Make the first owner here (the link works once):', `  ${link(setupUrl)}`, '')
  if (config.helpCenterDesk !== null && !helpCenterUrl)
    lines.push(`  HELPDESK_HELP_CENTER_DESK: there is no desk ${config.helpCenterDesk} yet.`, '')
  for (const hint of hints(config, publicUrl)) lines.push(`  ${dim(hint)}`)
  return `${lines.join('\n')}\n`
}

function hints(config: ServerConfig, publicUrl: string): string[] {
  const found: string[] = []
  if (config.databaseUrl === null) {
    found.push(`Data: ${config.dataDir}, in the embedded database: good for trying out.`)
    found.push('Production belongs on PostgreSQL: set DATABASE_URL.')
  }
  if (!config.demo && config.smtpUrl === null)
    found.push('E-mails are kept in the database: set SMTP_URL to send them.')
  if (config.smtpUrl !== null && config.mailFrom === null)
    found.push(
      `E-mails are sent as helpdesk@${new URL(publicUrl).hostname}: set MAIL_FROM to another address.`,
    )
  const isLocal = ['127.0.0.1', '::1', 'localhost'].includes(config.host)
  if (!isLocal && config.publicUrl === null)
    found.push('Links in e-mails need the public address: set PUBLIC_URL.')
  if (!isLocal && config.demo)
    found.push('This is a demo, and everybody who reaches it can read its e-mails.')
  return found
}

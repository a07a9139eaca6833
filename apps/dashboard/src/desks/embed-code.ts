import { deskUrl } from '../client.ts'

/** The ways in which the widget comes onto a page. */
export const embedStyles = ['tag', 'object', 'npm'] as const
export type EmbedStyle = (typeof embedStyles)[number]

const examples = [
  ['user_external_id', 'USR-456'],
  ['user_email', 'user@company.example'],
  ['user_name', 'Ann Lee'],
  ['user_phone', '+48123456789'],
  ['client_external_id', 'CRM-123'],
  ['client_name', 'Company'],
  ['client_email', 'office@company.example'],
  ['client_url', 'https://company.example'],
  ['client_plan', 'Premium'],
] as const

/** The script tag that puts a desk's widget on a page. */
export function embedCode(deskId: string, url: string = deskUrl()): string {
  return `<script src="${new URL('widget.js', url).href}" data-helpdesk-id="${deskId}"></script>`
}

/** A piece of code to copy, and what it is. */
export interface EmbedBlock {
  name: 'plain' | 'signed' | 'install'
  code: string
}

/** What a page needs for the widget, with the desk's own values in it; what is optional is commented out. */
export function embedBlocks(
  style: EmbedStyle,
  desk: { id: string; locale: string },
  url: string = deskUrl(),
): EmbedBlock[] {
  const root = url.replace(/\/$/, '')
  if (style === 'tag') {
    return [
      { name: 'plain', code: embedCode(desk.id, url) },
      { name: 'signed', code: signedTag(desk, root) },
    ]
  }
  if (style === 'object') return [{ name: 'plain', code: objectCode(desk, root) }]
  return [
    { name: 'install', code: 'npm install @helpdesk/widget' },
    { name: 'plain', code: moduleCode(desk, root) },
  ]
}

type Values = { id: string; locale: string }

function signedTag({ id, locale }: Values, root: string): string {
  const attributes = examples.map(([name, value]) => `  data-${name.replaceAll('_', '-')}="${value}"`)
  return `<script src="${root}/widget.js" data-helpdesk-id="${id}"
  data-locale="${locale}"
${attributes.join('\n')}
  data-signature="made on your server"></script>`
}

function objectCode({ id, locale }: Values, root: string): string {
  const attributes = examples.map(([name, value]) => `    // ${name}: "${value}",`)
  return `<div id="helpdesk-widget"></div>
<script>
  var HelpdeskWidget = {
    account_url: "${root}",
    desk_token: "${id}",
    locale: "${locale}",
    // Who is signed in; leave out what you do not know:
${attributes.join('\n')}
    // signature: "made on your server",
  }
</script>
<script src="${root}/widget.js"></script>`
}

function moduleCode({ id, locale }: Values, root: string): string {
  const attributes = examples.map(([name, value]) => `  // ${name}: '${value}',`)
  return `import { createWidget } from '@helpdesk/widget'

const widget = createWidget({
  url: '${root}',
  desk: '${id}',
  locale: '${locale}',
  // Who is signed in; leave out what you do not know:
${attributes.join('\n')}
  // signature: 'made on your server',
})`
}

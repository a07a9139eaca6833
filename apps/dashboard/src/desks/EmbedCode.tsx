import { deskUrl } from '../client.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { words } from './words.ts'

/** The script tag that puts a desk's widget on a page. */
export function embedCode(deskId: string, url: string = deskUrl()): string {
  return `<script src="${new URL('widget.js', url).href}" data-helpdesk-id="${deskId}"></script>`
}

/** The embed code with the id filled in, to copy. */
export function EmbedCode({ deskId }: { deskId: string }) {
  const code = embedCode(deskId)
  return (
    <div class="embed">
      <pre class="embed-code">
        <code>{code}</code>
      </pre>
      <CopyButton text={code} label={words.embed.copy} />
    </div>
  )
}

import type { ComponentChildren } from 'preact'

/** One line of a list of facts: what it is, and how it stands. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

/** An address that somebody else gave us: only what a browser opens as a page becomes a link. */
export function ForeignLink({ url }: { url: string }) {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return <span>{url}</span>
  return (
    <a class="fact-link" href={url} target="_blank" rel="noopener noreferrer nofollow" title={url}>
      {url.replace(/^https?:\/\//i, '')}
    </a>
  )
}

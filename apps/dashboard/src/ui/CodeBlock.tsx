import { CopyButton } from './CopyButton.tsx'

interface CodeProps {
  code: string
  /** What it is, for screen readers. */
  label: string
  /** Without one there is nothing to copy. */
  copyLabel?: string
  /** Breaks long lines instead of scrolling. */
  wrap?: boolean
}

/** A piece of code to copy. */
export function CodeBlock({ code, label, copyLabel, wrap = false }: CodeProps) {
  return (
    <div class="code-block">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="code-scroll" tabIndex={0} aria-label={label}>
        <pre class={wrap ? 'wrap' : undefined}>
          <code>{code}</code>
        </pre>
      </section>
      {copyLabel && <CopyButton text={code} label={copyLabel} />}
    </div>
  )
}

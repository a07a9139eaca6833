import { useState } from 'preact/hooks'
import { href } from '../router.ts'
import { CodeBlock } from '../ui/CodeBlock.tsx'
import { Segments } from '../ui/Segments.tsx'
import { type EmbedStyle, embedBlocks, embedCode, embedStyles } from './embed-code.ts'
import { useDesk } from './open-desk.ts'
import { words } from './words.ts'

const w = words.embed

/** The shortest embed code with the id filled in, to copy. */
export function EmbedCode({ deskId }: { deskId: string }) {
  return <CodeBlock code={embedCode(deskId)} label={w.label} copyLabel={w.copy} wrap />
}

/** The embed code in all its styles, with everything that can be said about the page's user. */
export function EmbedCodes() {
  const desk = useDesk()
  const settings = desk.settings.value
  const [style, setStyle] = useState<EmbedStyle>('tag')
  if (!settings) return null
  const blocks = embedBlocks(style, settings)
  return (
    <div class="embed">
      <Segments
        label={w.title}
        value={style}
        onChange={setStyle}
        options={embedStyles.map((value) => ({ value, label: w.styles[value] }))}
      />
      <p class="soft">{w.hints[style]}</p>
      {blocks.map(({ name, code }) => (
        <div key={name} class="embed-block">
          {blocks.length > 1 && <h3>{w.blocks[name]}</h3>}
          <CodeBlock code={code} label={w.blocks[name]} copyLabel={w.copy} wrap={name !== 'signed'} />
        </div>
      ))}
      <a href={href({ page: 'settings', deskId: desk.id, section: 'security', item: 'sign' })}>
        {w.signHint}
      </a>
    </div>
  )
}

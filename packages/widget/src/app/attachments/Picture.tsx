import { useState } from 'preact/hooks'
import { LaterIcon } from '../ui/later-icons.tsx'

/** A small picture of a file; where there is none, or the page's policy forbids it, a drawing of a sheet. */
export function Picture({ src }: { src: string | undefined }) {
  const [failed, setFailed] = useState<string>()
  return (
    <span class="thumb">
      {src && src !== failed ? (
        <img src={src} alt="" onError={() => setFailed(src)} />
      ) : (
        <LaterIcon name="file" />
      )}
    </span>
  )
}

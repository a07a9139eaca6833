/** The first letters of a name in a circle. */
export function Avatar({ name, tiny = false }: { name: string; tiny?: boolean }) {
  return (
    <span class={tiny ? 'avatar tiny' : 'avatar'} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

function initials(name: string): string {
  const parts = name.trim().split(/[\s@._-]+/u)
  const letters = parts.length > 1 ? [parts[0], parts.at(-1)] : [parts[0]]
  return letters
    .map((part) => [...(part ?? '')][0] ?? '')
    .join('')
    .toUpperCase()
}

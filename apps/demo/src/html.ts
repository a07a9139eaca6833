/** Markup that is safe to send: what came from outside has been escaped. */
export interface Html {
  readonly markup: string
}

type Part = string | number | Html | readonly Html[] | false | null | undefined

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Markup from a template: texts in it are escaped, other markup and lists of it are not; false and null are nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let markup = strings[0] ?? ''
  for (const [i, part] of parts.entries()) markup += render(part) + (strings[i + 1] ?? '')
  return { markup }
}

function render(part: Part): string {
  if (part === false || part === null || part === undefined) return ''
  if (typeof part === 'string') return part.replace(/[&<>"']/g, (character) => entities[character] ?? '')
  if (typeof part === 'number') return String(part)
  return 'markup' in part ? part.markup : part.map((one) => one.markup).join('')
}

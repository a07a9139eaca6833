import type { KeptMailLine } from '../adapters/kept-mail.ts'

/** Puts mails together that name one another in References, as mail programs do; newest first, threads and mails. */
export function threadsOf<Line extends Pick<KeptMailLine, 'messageId' | 'references'>>(
  lines: readonly Line[],
): Line[][] {
  const leads = new Map<string, string>()
  const rootOf = (id: string): string => {
    let root = id
    for (let next = leads.get(root); next !== undefined; next = leads.get(root)) root = next
    // Long chains become short ones: 200 mails may each name hundreds.
    for (let at = id; at !== root; ) {
      const next = leads.get(at) ?? root
      leads.set(at, root)
      at = next
    }
    return root
  }
  for (const { messageId, references } of lines) {
    for (const reference of references) {
      const [one, other] = [rootOf(messageId), rootOf(reference)]
      if (one !== other) leads.set(one, other)
    }
  }
  const threads = new Map<string, Line[]>()
  for (const line of lines) {
    const root = rootOf(line.messageId)
    const thread = threads.get(root)
    if (thread) thread.push(line)
    else threads.set(root, [line])
  }
  return [...threads.values()]
}

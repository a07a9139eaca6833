/**
 * Asks for the number of unread replies, now and every minute in which the page is looked at, as long as there are
 * credentials. It ends with the signal, or when `onCount` answers that it knows better.
 */
export function watchUnread(
  address: string,
  credentials: () => string | null | undefined,
  onCount: (count: number) => unknown,
  signal: AbortSignal,
): void {
  const ask = async () => {
    try {
      const known = credentials()
      if (!known || document.hidden) return
      const response = await fetch(`${address}unread`, {
        headers: { authorization: `Bearer ${known}` },
        credentials: 'omit',
        signal,
      })
      // A refused token is left for the application, which explains it; asking on would be of no use.
      if (!response.ok || onCount((await response.json()).unreadCount)) clearInterval(timer)
    } catch {
      // The badge is a courtesy: the next round tries again.
    }
  }
  const timer = setInterval(ask, 60_000)
  signal.addEventListener('abort', () => clearInterval(timer))
  void ask()
}

import { credentialsKey } from './storage.ts'

/**
 * Asks for the number of unread replies, now and every minute in which the page is looked at, as long as the
 * browser has credentials. It ends with the signal, or when `onCount` answers that it knows better.
 */
export function watchUnread(
  desk: string,
  address: string,
  onCount: (count: number) => unknown,
  signal: AbortSignal,
): void {
  const ask = async () => {
    try {
      const credentials = localStorage.getItem(credentialsKey(desk))
      if (!credentials || document.hidden) return
      const headers = { authorization: `Bearer ${credentials}` }
      const response = await fetch(`${address}unread`, { headers, credentials: 'omit', signal })
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

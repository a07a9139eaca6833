interface NavigationTarget {
  addEventListener(type: 'currententrychange', listener: () => void, options: { signal: AbortSignal }): void
}

/**
 * Calls back after every in-page navigation until the signal is aborted, and touches nothing of the page.
 * Browsers without the Navigation API are asked for their address twice a second: a wrapper around
 * `history.pushState` would miss routers that took hold of the original, and could not always be taken off.
 */
export function watchPage(onChange: () => void, signal: AbortSignal): void {
  const { navigation } = window as { navigation?: NavigationTarget }
  if (navigation) {
    navigation.addEventListener('currententrychange', onChange, { signal })
    return
  }
  let { href } = location
  const timer = setInterval(() => {
    if (href === location.href) return
    href = location.href
    onChange()
  }, 500)
  signal.addEventListener('abort', () => clearInterval(timer))
}

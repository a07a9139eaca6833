interface NavigationTarget {
  addEventListener(type: 'currententrychange', listener: () => void, options: { signal: AbortSignal }): void
}

/**
 * Calls back after every in-page navigation until the signal is aborted. With the Navigation API nothing of
 * the page is touched; without it `history.pushState` and `replaceState` are wrapped on the object, and put
 * back unless somebody wrapped them again meanwhile (then our wrapper only passes through).
 */
export function watchPage(onChange: () => void, signal: AbortSignal): void {
  const { navigation } = window as { navigation?: NavigationTarget }
  if (navigation) {
    navigation.addEventListener('currententrychange', onChange, { signal })
    return
  }
  for (const name of ['popstate', 'hashchange']) addEventListener(name, onChange, { signal })
  for (const name of ['pushState', 'replaceState'] as const) {
    const original = history[name]
    const wrapper: typeof original = function (this: History, ...args) {
      original.apply(this, args)
      if (!signal.aborted) onChange()
    }
    history[name] = wrapper
    signal.addEventListener('abort', () => {
      if (history[name] === wrapper) history[name] = original
    })
  }
}

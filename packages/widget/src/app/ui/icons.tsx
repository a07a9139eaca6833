const paths = {
  back: 'M15 5l-7 7 7 7',
  forward: 'M9 5l7 7-7 7',
  close: 'M6 6l12 12M18 6L6 18',
  search: 'M11 4a7 7 0 100 14 7 7 0 000-14zM16 16l4 4',
  alert: 'M12 8v5M12 16.5v.01M12 3a9 9 0 100 18 9 9 0 000-18z',
}

/** A drawing beside a text or in a labelled button; screen readers pass over it. */
export function Icon({ name }: { name: keyof typeof paths }) {
  return <Drawing path={paths[name]} />
}

/** A drawing of lines. */
export function Drawing({ path }: { path: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={path} />
    </svg>
  )
}

/** The drawings of the dashboard: 16 px, one line weight, in the colour of the text. */
const drawings = {
  inbox:
    'M2.5 8.500h3l1 2h3l1-2h3M2.500 8.500l1.900-4.600a1 1 0 0 1 .9-.6h5.400a1 1 0 0 1 .9.6l1.900 4.600v3.200a1 1 0 0 1-1 1h-9a1 1 0 0 1-1-1z',
  person:
    'M8 8.200a2.600 2.600 0 1 0 0-5.200 2.600 2.600 0 0 0 0 5.200ZM3 13.200c.5-2 2.500-3 5-3s4.500 1 5 3',
  unassigned:
    'M7 8.200a2.600 2.600 0 1 0 0-5.200 2.600 2.600 0 0 0 0 5.200ZM2 13.200c.5-2 2.500-3 5-3 1 0 2 .2 2.800.5M11.500 12.500h3',
  widget:
    'M4.300 2.800h7.400a1.500 1.500 0 0 1 1.500 1.500v5a1.500 1.500 0 0 1-1.500 1.500H8.600l-2.800 2.400v-2.400H4.300a1.500 1.500 0 0 1-1.500-1.500v-5a1.500 1.500 0 0 1 1.500-1.500Z',
  settings:
    'M2.500 5h6M12.500 5h1M2.500 11h1M7.500 11h6M10.500 7a2 2 0 1 0 0-4 2 2 0 0 0 0 4ZM5.500 13a2 2 0 1 0 0-4 2 2 0 0 0 0 4Z',
  search: 'M7.200 12a4.800 4.800 0 1 0 0-9.600 4.800 4.800 0 0 0 0 9.600ZM10.700 10.700l3 3',
  check: 'm3.500 8.500 3 3 6-7',
  close: 'm4 4 8 8M12 4l-8 8',
  back: 'M9.500 3.500 5 8l4.500 4.500',
  forward: 'M6.500 3.500 11 8l-4.500 4.500',
  note: 'M3 3.500h10v6L9.500 13H3zM9.500 13V9.500H13',
  bolt: 'M8.700 2 3.800 9h3.700l-.5 5 5-7H8.200z',
  mail: 'M2.800 4h10.400v8H2.800zM3 4.500l5 4 5-4',
  copy: 'M6 5.500h7v8H6zM10.500 5.500v-3H3v8h3',
  signOut: 'M6.500 3h-3v10h3M9.500 5l3 3-3 3M12.500 8h-6',
  keyboard: 'M2 4.500h12v7H2zM4.500 7h.01M7 7h.01M9.500 7h.01M11.500 7h.01M5.500 9.300h5',
  details: 'M2.800 3.300h10.400v9.400H2.800zM10 3.300v9.400',
  warning: 'M8 3 2.500 12.500h11zM8 6.700v2.600M8 11h.01',
  info: 'M8 13.500a5.500 5.500 0 1 0 0-11 5.500 5.500 0 0 0 0 11ZM8 7.500V11M8 5.300h.01',
  eye: 'M1.800 8S4 4 8 4s6.200 4 6.200 4-2.200 4-6.200 4-6.200-4-6.200-4ZM8 9.800a1.800 1.800 0 1 0 0-3.600 1.800 1.800 0 0 0 0 3.600Z',
  eyeOff:
    'm2.500 2.500 11 11M6.200 4.300C6.800 4.100 7.400 4 8 4c4 0 6.200 4 6.200 4s-.6 1.100-1.700 2.200M10 11.600c-.6.300-1.300.4-2 .4-4 0-6.200-4-6.200-4s.8-1.500 2.300-2.700M6.800 6.800a1.700 1.700 0 0 0 2.400 2.400',
  retry: 'M12.800 6.500A5 5 0 1 0 13 9M13 3.300v3.200H9.800',
  external: 'M6.500 3.500H3.200v9.300h9.300V9.500M9.500 3h3.500v3.500M13 3 7.500 8.500',
  reply: 'M6.500 4 3 7.500 6.500 11M3.500 7.500h5.500a4 4 0 0 1 4 4v.5',
  form: 'M3.500 2.800h9v10.400h-9zM6 6h4M6 8.500h4M6 11h2',
  ticket:
    'M2.500 4.500h11v2.300a1.300 1.300 0 0 0 0 2.400v2.300h-11V9.200a1.300 1.300 0 0 0 0-2.400zM9.500 4.500v7',
  code: 'm5.500 5-3 3 3 3M10.500 5l3 3-3 3',
} as const

/** The name of a drawing. */
export type IconName = keyof typeof drawings

/** One drawing; hidden from assistive technology, because a text always stands beside it. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      stroke-width="1.5"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={drawings[name]} />
    </svg>
  )
}

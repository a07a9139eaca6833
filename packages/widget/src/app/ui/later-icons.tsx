import { Drawing } from './icons.tsx'

const paths = {
  send: 'M12 19V5M6 11l6-6 6 6',
  fold: 'M6 9.5l6 6 6-6',
  down: 'M12 5v14M6 13l6 6 6-6',
  clip: 'M20 11.5l-8.2 8.2a5.2 5.2 0 01-7.4-7.4l8.6-8.6a3.5 3.5 0 015 5l-8.6 8.5a1.7 1.7 0 01-2.5-2.4l7.9-7.8',
  file: 'M7 3h7l5 5v13H5V3h2M14 3v5h5',
  download: 'M12 4v11M7 11l5 5 5-5M5 20h14',
  plus: 'M12 5v14M5 12h14',
}

/** As {@link Icon}, for what is loaded later than the first screen. */
export function LaterIcon({ name }: { name: keyof typeof paths }) {
  return <Drawing path={paths[name]} />
}

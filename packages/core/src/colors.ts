type Rgb = readonly [number, number, number]

/** Whether a text is a colour as desks store it: `#` and six hex digits, any case. */
export function isColor(value: string): boolean {
  return /^#[0-9a-f]{6}$/i.test(value)
}

function toRgb(color: string): Rgb {
  const bits = isColor(color) ? Number.parseInt(color.slice(1), 16) : 0
  return [bits >> 16, (bits >> 8) & 255, bits & 255]
}

function toColor(rgb: Rgb): string {
  return `#${rgb.map((part) => Math.round(part).toString(16).padStart(2, '0')).join('')}`
}

/** Relative luminance as WCAG 2.2 defines it, 0 for black to 1 for white. */
function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as unknown as Rgb
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/** The WCAG contrast ratio of two `#rrggbb` colours, 1 to 21; anything else counts as black. */
export function contrast(one: string, other: string): number {
  const a = luminance(toRgb(one))
  const b = luminance(toRgb(other))
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05)
}

/** The colour for text on a `#rrggbb` background: white or black, so that it reaches a contrast of 4.5. */
export function contrastText(color: string): '#ffffff' | '#000000' {
  // Part of the widget's loader: simpler than `luminance`, and near enough for every colour (a test tries them).
  const light = (at: number) => Number(`0x${color.slice(at, at + 2)}`) ** 2.2
  return 0.2126 * light(1) + 0.7152 * light(3) + 0.0722 * light(5) > 35_400 ? '#000000' : '#ffffff'
}

/**
 * The desk's colour, made darker or lighter just as far as text in that colour on `background` needs to reach
 * a contrast of 4.5; unchanged when it does already.
 */
export function readableAccent(color: string, background: string): string {
  const from = toRgb(color)
  const goal = contrastText(background) === '#ffffff' ? 255 : 0
  for (let step = 0; step < 20; step++) {
    const share = step / 20
    const mixed = toColor([
      from[0] + (goal - from[0]) * share,
      from[1] + (goal - from[1]) * share,
      from[2] + (goal - from[2]) * share,
    ])
    if (contrast(mixed, background) >= 4.5) return mixed
  }
  return contrastText(background)
}

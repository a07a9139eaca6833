/** How big a file is, in the words of a language: `1.4 MB`. */
export function fileSize(bytes: number, locale: string): string {
  const [unit, size] =
    bytes < 1_000
      ? ['byte', bytes]
      : bytes < 1_000_000
        ? ['kilobyte', bytes / 1_000]
        : ['megabyte', bytes / 1_048_576]
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: `${unit}`,
    unitDisplay: unit === 'byte' ? 'long' : 'short',
    maximumFractionDigits: unit === 'megabyte' ? 1 : 0,
  }).format(+size)
}

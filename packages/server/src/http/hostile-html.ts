/** Where links in HTML that others wrote may lead. */
export const linkSchemes = ['https', 'http', 'mailto', 'tel']

/** Elements that are dropped with all that is in them: none of it was ever meant to be read. */
export const neverText = [
  'script',
  'style',
  'textarea',
  'option',
  'noscript',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
  'title',
  'head',
]

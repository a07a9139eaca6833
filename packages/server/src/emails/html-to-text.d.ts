declare module 'html-to-text' {
  interface HtmlToTextOptions {
    wordwrap?: number | false
    baseElements?: { selectors: string[] }
    limits?: { maxInputLength?: number; maxDepth?: number; maxChildNodes?: number; ellipsis?: string }
    selectors?: { selector: string; format?: string; options?: Record<string, unknown> }[]
  }
  export function compile(options?: HtmlToTextOptions): (html: string) => string
}

/** The languages for which there is a ready piece of code that signs identities, with its file. */
export const snippetLanguages = {
  node: { name: 'Node', file: 'sign.mjs' },
  php: { name: 'PHP', file: 'sign.php' },
  ruby: { name: 'Ruby', file: 'sign.rb' },
  python: { name: 'Python', file: 'sign.py' },
  go: { name: 'Go', file: 'sign.go' },
  java: { name: 'Java', file: 'sign.java' },
  csharp: { name: 'C#', file: 'sign.cs' },
} as const

/** One of the languages. */
export type SnippetLanguage = keyof typeof snippetLanguages

/** The code with a desk and a key in it: they stand there as `DESK_ID` and `KEY_ID`, in quotes. */
export function fillIn(text: string, deskId: string, keyId: string): string {
  return text.replace(/(["'])DESK_ID\1/, `$1${deskId}$1`).replace(/(["'])KEY_ID\1/, `$1${keyId}$1`)
}

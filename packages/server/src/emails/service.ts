/** An e-mail as a transport hands it over. */
export interface ArrivedEmail {
  source: 'imap' | 'webhook' | 'smtp' | 'dev'
  /** As it travelled. */
  raw: Uint8Array
  /** The return path (`''`: the null path) and the recipients, as far as the transport knows them. */
  envelope: { from: string | null; to: string[] }
}

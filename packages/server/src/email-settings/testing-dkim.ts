import { createHash, createPublicKey, createVerify } from 'node:crypto'

/** Whether a mail's DKIM signature is right by the record in the DNS (relaxed/relaxed, RSA and SHA-256). */
export function isSigned(raw: string, record: string): boolean {
  const split = raw.indexOf('\r\n\r\n')
  const fields = raw
    .slice(0, split)
    .split(/\r\n(?![ \t])/)
    .map(
      (field) =>
        [field.slice(0, field.indexOf(':')).toLowerCase(), field.slice(field.indexOf(':') + 1)] as const,
    )
  const relaxed = (value: string) => value.replace(/\s+/g, ' ').trim()
  const signature = fields.find(([name]) => name === 'dkim-signature')?.[1] ?? ''
  const tags = new Map(
    signature.split(';').map((tag) => {
      const [name = '', ...value] = tag.split('=')
      return [name.trim(), value.join('=').replace(/\s/g, '')]
    }),
  )
  const body = raw
    .slice(split + 4)
    .replace(/[ \t]+/g, ' ')
    .replace(/ \r\n/g, '\r\n')
    .replace(/(\r\n)*$/, '\r\n')
  const hash = createHash('sha256').update(body).digest('base64')
  const signed = (tags.get('h') ?? '').split(':').flatMap((name) => {
    const found = fields.find(([other]) => other === name.toLowerCase())
    return found ? [`${found[0]}:${relaxed(found[1])}\r\n`] : []
  })
  const own = relaxed(signature.replace(/(;\s*b=)[^;]*$/, '$1'))
  const key = createPublicKey({
    key: Buffer.from(/p=(.*)$/.exec(record)?.[1] ?? '', 'base64'),
    format: 'der',
    type: 'spki',
  })
  const right = createVerify('sha256')
    .update(`${signed.join('')}dkim-signature:${own}`)
    .verify(key, tags.get('b') ?? '', 'base64')
  return right && hash === tags.get('bh')
}

import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { FormInput } from './dev-mail-writing.ts'

/** More than a file may have, so that a file which is a little too large gets an answer in words. */
const bodyLimit = 16 * 1024 * 1024

const formTypes = ['multipart/form-data', 'application/x-www-form-urlencoded']

/** A scope whose routes take what forms send. */
export function formScope(app: FastifyInstance, routes: (scope: FastifyInstance) => void): void {
  app.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser(formTypes, { parseAs: 'buffer', bodyLimit }, (_request, body, done) =>
      done(null, body),
    )
    routes(scope)
  })
}

/** The fields of a form and its file; what is missing is empty. */
export async function readForm(request: FastifyRequest): Promise<FormInput> {
  const form = await dataOf(request)
  const field = (name: string) => {
    const value = form.get(name)
    return typeof value === 'string' ? value : ''
  }
  return {
    text: field('text'),
    subject: field('subject'),
    sender: field('sender') === 'other' ? 'other' : 'recipient',
    name: field('name'),
    email: field('email'),
    desk: field('desk'),
    file: await fileOf(form.get('file')),
  }
}

/** The platform reads forms by itself; what it cannot read is an empty one. */
async function dataOf({ body, headers }: FastifyRequest): Promise<FormData> {
  if (!Buffer.isBuffer(body)) return new FormData()
  const type = headers['content-type'] ?? ''
  const bytes = new Uint8Array(body)
  return new Response(bytes, { headers: { 'content-type': type } }).formData().catch(() => new FormData())
}

/** A form without a chosen file sends one without a name. */
async function fileOf(value: FormDataEntryValue | null): Promise<FormInput['file']> {
  if (value === null || typeof value === 'string' || value.name === '') return null
  const type = /^[\w.+-]+\/[\w.+-]+$/.test(value.type) ? value.type : 'application/octet-stream'
  return { name: value.name, type, bytes: new Uint8Array(await value.arrayBuffer()) }
}

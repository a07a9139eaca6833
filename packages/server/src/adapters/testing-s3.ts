import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
// @ts-expect-error It comes without types.
import S3rver from 's3rver'
import type { S3FilesOptions } from './s3-files.ts'

/** An S3 server with an empty bucket. */
export async function startS3(): Promise<{ options: S3FilesOptions; close: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'helpdesk-s3-'))
  const buckets = [{ name: 'desk', configs: [] }]
  const server = new S3rver({
    ...{ port: 0, address: '127.0.0.1', silent: true, directory, configureBuckets: buckets },
  })
  const { port } = await server.run()
  return {
    options: {
      endpoint: `http://127.0.0.1:${port}`,
      bucket: 'desk',
      region: 'us-east-1',
      accessKeyId: 'S3RVER',
      secretAccessKey: 'S3RVER',
    },
    async close() {
      await server.close()
      await rm(directory, { recursive: true, force: true })
    },
  }
}

/** A server that gives its answers one after another, whatever is asked, and notes what was. */
export async function startScript(answers: readonly [status: number, body: string][]) {
  const asked: string[] = []
  const left = [...answers]
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url} ${await text(request)}`)
    const [status, body] = left.shift() ?? [500, '']
    response.writeHead(status).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  return {
    asked,
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

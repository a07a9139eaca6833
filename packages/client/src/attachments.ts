import type { Api } from '@helpdesk/core/api'
import type { Answer, CallOptions, Http, Input, InputOf } from './http.ts'

type Uploads = Api['attachments']['upload' | 'agentUpload'] | Api['articles']['uploadImage']

/** What the upload of a file takes last; ten minutes are the default of `timeoutMs` here. */
export interface UploadOptions extends CallOptions {
  /** With its ending, which decides about the type; the name of a `File` when absent. */
  name?: string
  /** Hears how much has been sent, from 0 to 1. Browsers only, and not through a `fetch` of your own. */
  onProgress?(sent: number): void
}

/** Sends a file as it is to a route of the contract. */
export function uploadFile<R extends Uploads>(
  http: Http,
  path: string,
  file: Blob,
  { name = (file as File).name, onProgress, timeoutMs = 600_000, signal }: UploadOptions = {},
): Promise<Answer<R>> {
  const fetch = globalThis.XMLHttpRequest && fetchWithProgress(onProgress)
  const input: Input = { query: { name }, file, fetch }
  return http.call<R>(`POST ${path}`, input as InputOf<R>, { timeoutMs, signal })
}

/** As much of `fetch` as an upload needs: only XMLHttpRequest knows how far it is. */
function fetchWithProgress(onProgress?: (sent: number) => void): typeof fetch {
  return (url, init) =>
    new Promise((resolve, reject) => {
      const { headers, body, signal } = init as RequestInit
      const request = new XMLHttpRequest()
      request.open('POST', url as string)
      for (const [name, value] of Object.entries(headers as Record<string, string>)) {
        request.setRequestHeader(name, value)
      }
      request.upload.onprogress = ({ loaded, total }) => onProgress?.(loaded / total)
      // It has the status where a response wants it; how long to wait stands in the problem, too.
      request.onload = () => resolve(new Response(request.response, request))
      request.onerror = () => reject(Error())
      signal?.addEventListener('abort', () => request.abort())
      request.send(body as Blob)
    })
}

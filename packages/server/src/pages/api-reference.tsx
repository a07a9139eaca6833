import type { ComponentChildren } from 'preact'
import { renderToString } from 'preact-render-to-string'

type Json = Record<string, unknown>

interface Operation {
  operationId: string
  tags: string[]
  summary: string
  description?: string
  parameters?: { name: string; in: string; required: boolean; schema: Json; description?: string }[]
  requestBody?: { content: Record<string, { schema: Json }> }
  responses: Record<string, { description: string; content?: Record<string, { schema: Json }> }>
  security?: Json[]
}

const style = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5c6672;--line:#e3e7ec;--paper:#fff;--tint:#f6f8fa;--accent:#2557d6}
@media (prefers-color-scheme:dark){:root{--ink:#e8ebef;--soft:#9aa5b1;--line:#2b323b;--paper:#14181d;--tint:#1b2027;--accent:#8fb0ff}}
*{box-sizing:border-box}body{margin:0;font:15px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
main{max-width:60rem;margin:0 auto;padding:3rem 1.5rem 6rem}h1{font-size:1.9rem;margin:0 0 .5rem}h2{font-size:1.25rem;margin:3rem 0 1rem;text-transform:capitalize}
p{margin:.4rem 0}.soft{color:var(--soft)}a{color:var(--accent)}nav{display:flex;gap:1rem;flex-wrap:wrap;margin:1.5rem 0}
details{border:1px solid var(--line);border-radius:10px;margin:.6rem 0;background:var(--paper)}summary{cursor:pointer;padding:.75rem 1rem;display:flex;gap:.75rem;align-items:baseline;flex-wrap:wrap}
details[open]>summary{border-bottom:1px solid var(--line)}.in{padding:1rem}code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
.method{font-weight:700;min-width:3.4rem}.path{word-break:break-all}table{border-collapse:collapse;width:100%;margin:.5rem 0 1rem}td,th{text-align:start;padding:.35rem .75rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--soft)}h3{font-size:.95rem;margin:1rem 0 .3rem}.wide{overflow-x:auto}`

/** The reference page of an OpenAPI document: readable without JavaScript, nothing loaded from elsewhere. */
export function renderReference(document: Json): string {
  const paths = document.paths as Record<string, Record<string, Operation>>
  const components = (document.components as { schemas: Json }).schemas
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  )
  const tags = (document.tags as { name: string }[]).map((tag) => tag.name)
  const info = document.info as { title: string; version: string; description: string }
  const page = (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{info.title}</title>
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        <main>
          <h1>{info.title}</h1>
          <p class="soft">
            Version {info.version} · <a href="openapi.json">openapi.json</a>
          </p>
          <p>{info.description}</p>
          <nav aria-label="Nouns">
            {tags.map((tag) => (
              <a key={tag} href={`#${tag}`}>
                {tag}
              </a>
            ))}
            <a href="#schemas">schemas</a>
          </nav>
          {tags.map((tag) => (
            <section key={tag} id={tag}>
              <h2>{tag}</h2>
              {operations
                .filter(({ operation }) => operation.tags.includes(tag))
                .map((entry) => (
                  <Endpoint key={entry.operation.operationId} {...entry} />
                ))}
            </section>
          ))}
          <section id="schemas">
            <h2>Schemas</h2>
            {Object.entries(components).map(([name, schema]) => (
              <details key={name} id={`schema-${name}`}>
                <summary>
                  <code>{name}</code>
                </summary>
                <div class="in">
                  <Members schema={schema as Json} />
                </div>
              </details>
            ))}
          </section>
        </main>
      </body>
    </html>
  )
  return `<!doctype html>${renderToString(page)}`
}

function Endpoint({ path, method, operation }: { path: string; method: string; operation: Operation }) {
  const body = operation.requestBody?.content['application/json']?.schema
  return (
    <details id={operation.operationId}>
      <summary>
        <code class="method">{method}</code>
        <code class="path">{path}</code>
        <span class="soft">{operation.summary}</span>
      </summary>
      <div class="in">
        {operation.description && <p>{operation.description}</p>}
        <p class="soft">
          Operation <code>{operation.operationId}</code> · {access(operation)}
        </p>
        {operation.parameters && (
          <Rows
            title="Parameters"
            rows={operation.parameters.map((parameter) => [
              <code key="n">{parameter.name}</code>,
              `${parameter.in}${parameter.required ? ', required' : ''}`,
              <>
                {typeOf(parameter.schema)} <span class="soft">{parameter.description ?? ''}</span>
              </>,
            ])}
          />
        )}
        {body && (
          <>
            <h3>Body</h3>
            <Members schema={body} />
          </>
        )}
        <Rows
          title="Answers"
          rows={Object.entries(operation.responses).map(([status, response]) => {
            const schema = Object.values(response.content ?? {})[0]?.schema
            return [<code key="s">{status}</code>, response.description, schema ? typeOf(schema) : '']
          })}
        />
      </div>
    </details>
  )
}

function access(operation: Operation): string {
  if (!operation.security) return 'for everybody'
  const names = operation.security.map((entry) => Object.keys(entry)[0] ?? 'anonymous')
  return `for: ${names.join(' or ')}`
}

function Members({ schema }: { schema: Json }) {
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Json>)
  const required = (schema.required ?? []) as string[]
  if (properties.length === 0) return <p>{typeOf(schema)}</p>
  return (
    <Rows
      rows={properties.map(([name, member]) => [
        <code key="n">{name}</code>,
        required.includes(name) ? 'required' : '',
        <>
          {typeOf(member)} <span class="soft">{(member.description as string | undefined) ?? ''}</span>
        </>,
      ])}
    />
  )
}

function Rows({ title, rows }: { title?: string; rows: ComponentChildren[][] }) {
  return (
    <>
      {title && <h3>{title}</h3>}
      <div class="wide">
        <table>
          <tbody>
            {rows.map((cells, row) => (
              <tr key={row}>
                {cells.map((cell, column) => (
                  <td key={column}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

/** A schema in a few words, with links to the named ones. */
function typeOf(schema: Json): ComponentChildren {
  if (typeof schema.$ref === 'string') {
    const name = schema.$ref.split('/').at(-1) ?? ''
    return <a href={`#schema-${name}`}>{name}</a>
  }
  if (Array.isArray(schema.anyOf)) {
    return (schema.anyOf as Json[]).map((part, index) => (
      <>
        {index > 0 && ' or '}
        {typeOf(part)}
      </>
    ))
  }
  if (Array.isArray(schema.enum)) return (schema.enum as string[]).map((value) => `"${value}"`).join(', ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === 'array') return <>list of {typeOf(schema.items as Json)}</>
  const bounds = [schema.format, schema.maxLength && `at most ${schema.maxLength} characters`].filter(Boolean)
  return `${String(schema.type ?? 'any')}${bounds.length > 0 ? ` (${bounds.join(', ')})` : ''}`
}

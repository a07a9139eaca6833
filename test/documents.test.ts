import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const documents = globSync('{*.md,docs/**/*.md,{packages,apps,examples}/*.md,packages/*/*.md}', {
  cwd: root,
}).sort()
const guides = documents.filter((path) => path.startsWith('docs/guides/'))

/** Text without code, in which brackets are no links. */
const prose = (text: string) => text.replace(/^```.*?^```/gms, '').replace(/`[^`\n]*`/g, '')
const linksOf = (path: string) =>
  [...prose(read(path)).matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, target = '']) => target.split('#', 1)[0] ?? '')
    .filter((target) => target !== '' && !/^[a-z]+:/.test(target))

/** The members of an interface of a source file, at its first level. */
function membersOf(source: string, name: string): string[] {
  const body = new RegExp(`export interface ${name} \\{\\n(.*?)\\n\\}`, 's').exec(source)?.[1] ?? ''
  return [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??[:(]/gm)].map(([, member = '']) => member)
}

describe('the documents', () => {
  test.each(documents)('%s leads only to what is there', (path) => {
    const lost = linksOf(path).filter((target) => !existsSync(join(root, dirname(path), target)))
    expect(lost).toEqual([])
  })

  test('are all found from their index, and from the first page', () => {
    const index = linksOf('docs/README.md').map((target) => join('docs', target))
    expect(index).toEqual(expect.arrayContaining(guides))
    expect(guides.length).toBeGreaterThan(10)
    expect(linksOf('README.md')).toContain('docs/README.md')
  })

  test('name every option of the plugin', () => {
    const options = membersOf(read('packages/server/src/options.ts'), 'HelpdeskOptions')
    expect(options).toContain('incomingMail')
    const guide = read('docs/guides/mount.md')
    expect(options.filter((name) => !new RegExp(`\`${name}\\b`).test(guide))).toEqual([])
  })

  test('name every variable of the reference server, and the compose file hands each on that it does not set', () => {
    const source = globSync('apps/server/src/env*.ts', { cwd: root })
      .filter((path) => !path.endsWith('.test.ts'))
      .map(read)
      .join('\n')
    const variables = new Set(
      source.match(/(?<=')[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?=')|(?<=')(?:HOST|PORT)(?=')/g),
    )
    expect(variables).toContain('INCOMING_MAIL_TLS_KEY')
    const told = ['README.md', ...guides].map(read).join('\n')
    expect([...variables].filter((name) => !told.includes(name))).toEqual([])
    const compose = read('compose.yaml')
    // What stands in the image and its volume is not for the compose file to say.
    const ofTheImage = ['HOST', 'PORT', 'DATA_DIR', 'HELPDESK_FILES_DIR']
    const handedOn = [...variables].filter((name) => !ofTheImage.includes(name))
    expect(
      handedOn.filter((name) => !new RegExp(`^ {6}(?:HELPDESK_S3_)?${name}: `, 'm').test(compose)),
    ).toEqual([])
  })

  test('name every part of the client for agents', () => {
    const parts = membersOf(read('packages/client/src/agent-client.ts'), 'AgentClient')
    const told = read('packages/client/README.md')
    expect(parts).toContain('emailSettings')
    expect(parts.filter((name) => !told.includes(`\`${name}`))).toEqual([])
  })

  test.each(globSync('.changeset/*.md', { cwd: root }))('%s is a change that a release can read', (path) => {
    expect(read(path)).toMatch(/^---\n("@helpdesk\/[a-z]+": (major|minor|patch)\n)+---\n\n\S.*\.\n$/)
  })
})

import type { EmailTemplateKey } from '@helpdesk/client'
import {
  type EmailTemplateKind,
  type EmailVariable,
  editDistance,
  emailTemplateKinds,
  emailVariables,
  locales,
  unknownVariables,
} from '@helpdesk/core'
import type { EmailTemplate } from '@helpdesk/core/api'
import { type ReadonlySignal, signal } from '@preact/signals'
import { withSession } from '../agents/session.ts'
import { client } from '../client.ts'
import { words } from './template-words.ts'

/** The words of a desk's e-mails, as far as they have been asked for. */
export interface Templates {
  readonly all: ReadonlySignal<readonly EmailTemplate[] | null>
  readonly error: ReadonlySignal<unknown>
  load(): Promise<void>
  save(key: EmailTemplateKey, subject: string, body: string): Promise<void>
  reset(key: EmailTemplateKey): Promise<void>
}

/** The words of a desk. Nothing is asked before `load`. */
export function createTemplates(deskId: string): Templates {
  const all = signal<readonly EmailTemplate[] | null>(null)
  const error = signal<unknown>(null)
  const put = (template: EmailTemplate) => {
    all.value = all.peek()?.map((one) => (isOf(one, template) ? template : one)) ?? null
  }
  return {
    all,
    error,
    async load() {
      error.value = null
      try {
        all.value = (await withSession(() => client.emailTemplates.list(deskId))).templates
      } catch (caught) {
        error.value = caught
      }
    },
    async save(key, subject, body) {
      put(await withSession(() => client.emailTemplates.save(deskId, key, { subject, body })))
    },
    async reset(key) {
      put(await withSession(() => client.emailTemplates.reset(deskId, key)))
    },
  }
}

/** Whether a template is that of a kind and language. */
export function isOf(template: EmailTemplate, { kind, locale }: EmailTemplateKey): boolean {
  return template.kind === kind && template.locale === locale
}

/** The last part of a template's address: `reply.pl`. */
export function templateItem({ kind, locale }: EmailTemplateKey): string {
  return `${kind}.${locale}`
}

/** Which template an address is of; `null` when it is of none. */
export function readTemplateItem(item: string | undefined): EmailTemplateKey | null {
  const [first, second] = item?.split('.') ?? []
  const kind = emailTemplateKinds.find((one) => one === first)
  const locale = locales.find((one) => one === second)
  return kind && locale ? { kind, locale } : null
}

/** How a variable stands in a text. */
export function written(name: EmailVariable): string {
  return `{{${name}}}`
}

/** What a visitor wrote, so that it goes to proved addresses only. */
export const provedOnly: ReadonlySet<EmailVariable> = new Set([
  'ticket.title',
  'contact.name',
  'contact.email',
])

/** Whether a kind of e-mail says other things to an address that is proved than to one that is not. */
export function dependsOnProof(kind: EmailTemplateKind): boolean {
  return kind === 'reply' || kind === 'ticket_created'
}

/** What is wrong with the variables of a text, in words; `null` when nothing is. */
export function variableProblem(text: string): string | null {
  const [name] = unknownVariables(text)
  if (name === undefined) return null
  const near = emailVariables
    .map((one) => ({ one, distance: editDistance(name.toLowerCase(), one) }))
    .sort((a, b) => a.distance - b.distance)[0]
  const isNear = near !== undefined && near.distance <= 4
  return isNear ? `${words.unknown(name)} ${words.didYouMean(near.one)}` : words.unknown(name)
}

/** What has no value in a kind of e-mail, and is not offered for it. */
export const absentIn: Readonly<Record<EmailTemplateKind, readonly EmailVariable[]>> = {
  reply: [],
  ticket_created: ['agent.name'],
  // It is what proves the address: nothing that its owner may not know stands in it.
  email_link: ['ticket.number', 'ticket.title', 'contact.name', 'contact.email', 'agent.name'],
  agent_message: ['agent.name'],
}

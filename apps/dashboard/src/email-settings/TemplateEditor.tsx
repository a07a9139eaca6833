import { isApiError } from '@helpdesk/client'
import type { EmailTemplate } from '@helpdesk/core/api'
import { useRef, useState } from 'preact/hooks'
import { me, withSession } from '../agents/session.ts'
import { client, errorText, fieldProblems } from '../client.ts'
import { mayChange } from '../desks/MessagingSwitch.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { SettingsFields, SettingsFrame } from '../desks/SettingsPage.tsx'
import { type SettingsForm, useForm } from '../desks/settings-form.ts'
import { Confirm } from '../ui/Confirm.tsx'
import { Field } from '../ui/Field.tsx'
import { Icon } from '../ui/Icon.tsx'
import { announce, say } from '../ui/toasts.ts'
import { TemplateLanguages } from './TemplateLanguages.tsx'
import { TemplatePreview } from './TemplatePreview.tsx'
import { words } from './template-words.ts'
import { isOf, type Templates, templateItem, variableProblem } from './templates.ts'
import { Variables } from './Variables.tsx'

interface Values {
  subject: string
  body: string
}

interface EditorProps {
  templates: Templates
  template: EmailTemplate
}

/** The words of one kind of e-mail in one language, beside the e-mail that they make. */
export function TemplateEditor({ templates, template }: EditorProps) {
  const desk = useDesk()
  const { kind, locale } = template
  const key = { kind, locale }
  const item = templateItem(key)
  const all = templates.all.value ?? []
  const form = useForm<Values>(
    {
      saved() {
        const { subject = '', body = '' } = templates.all.value?.find((one) => isOf(one, key)) ?? {}
        return { subject, body }
      },
      save: ({ subject, body }) => templates.save(key, subject, body),
      check: problemsOf,
    },
    item,
  )
  const may = mayChange(desk.settings.value?.role)
  const values = form.values.value
  return (
    <SettingsFrame
      title={words.kinds[kind].name}
      parent={{
        to: { page: 'settings', deskId: desk.id, section: 'email', item: 'templates' },
        label: words.title,
      }}
    >
      <p class="soft template-lead">{words.kinds[kind].text}</p>
      <TemplateLanguages all={all.filter((one) => one.kind === kind)} open={template} />
      <div class="template-columns">
        <SettingsFields form={form}>
          <div class="template-fields">
            <p class="template-state">
              <span class={template.isCustom ? 'mark good' : 'mark'}>
                {template.isCustom ? words.isCustom : words.isOriginal}
              </span>
            </p>
            <WordFields form={form} template={template} />
            {may && <Actions key={item} templates={templates} template={template} form={form} />}
          </div>
        </SettingsFields>
        <TemplatePreview
          template={template}
          subject={values.subject}
          body={values.body}
          isRight={Object.keys(problemsOf(values)).length === 0}
        />
      </div>
    </SettingsFrame>
  )
}

function problemsOf({ subject, body }: Values): Record<string, string> {
  const inSubject = subject.trim() ? variableProblem(subject) : words.subjectNeeded
  const inBody = variableProblem(body)
  return { ...(inSubject ? { subject: inSubject } : {}), ...(inBody ? { body: inBody } : {}) }
}

interface FieldsProps {
  form: SettingsForm<Values>
  template: EmailTemplate
}

function WordFields({ form, template }: FieldsProps) {
  const subject = useRef<HTMLInputElement>(null)
  const body = useRef<HTMLTextAreaElement>(null)
  const last = useRef<keyof Values>('body')
  const values = form.values.value
  const now = problemsOf(values)
  const problem = (name: keyof Values) => now[name] ?? form.problems.value[name]
  const insert = (text: string) => {
    const name = last.current
    const field = name === 'subject' ? subject.current : body.current
    if (!field) return
    form.set(name, typeInto(field, text))
    announce(words.variables.inserted(text, words[name]))
  }
  return (
    <>
      <Field label={words.subject} problem={problem('subject')}>
        {(control) => (
          <input
            {...control}
            ref={subject}
            class="input"
            lang={template.locale}
            maxLength={200}
            value={values.subject}
            onFocus={() => {
              last.current = 'subject'
            }}
            onInput={(event) => form.set('subject', event.currentTarget.value)}
          />
        )}
      </Field>
      <Field label={words.body} hint={words.bodyHint} problem={problem('body')}>
        {(control) => (
          <textarea
            {...control}
            ref={body}
            class="input"
            rows={8}
            lang={template.locale}
            maxLength={5_000}
            placeholder={words.bodyPlaceholder}
            value={values.body}
            onFocus={() => {
              last.current = 'body'
            }}
            onInput={(event) => form.set('body', event.currentTarget.value)}
          />
        )}
      </Field>
      <Variables kind={template.kind} onInsert={insert} />
    </>
  )
}

/** Types a text where the cursor stands, so that Ctrl+Z takes it back. @returns the whole text */
function typeInto(field: HTMLInputElement | HTMLTextAreaElement, text: string): string {
  const { value, selectionStart, selectionEnd } = field
  const [from, to] = [selectionStart ?? value.length, selectionEnd ?? value.length]
  const wanted = value.slice(0, from) + text + value.slice(to)
  field.focus()
  field.setSelectionRange(from, to)
  const typed = document.execCommand?.('insertText', false, text) ?? false
  if (!typed || field.value !== wanted) field.value = wanted
  field.setSelectionRange(from + text.length, from + text.length)
  return field.value
}

function Actions({ templates, template, form }: EditorProps & { form: SettingsForm<Values> }) {
  const desk = useDesk()
  const [busy, setBusy] = useState(false)
  const [asked, setAsked] = useState(false)
  const values = form.values.value
  const { kind, locale } = template
  const right = Object.keys(problemsOf(values)).length === 0
  const test = async () => {
    setBusy(true)
    try {
      const { subject, body } = form.values.peek()
      const { kept } = await withSession(() =>
        client.emailTemplates.sendTest(desk.id, { kind, locale }, { subject, body }),
      )
      const address = me.value?.email ?? ''
      say(kept ? words.testKept(address) : words.tested(address))
    } catch (error) {
      const [refused] = Object.values(fieldProblems(error))
      const detail = isApiError(error) ? error.problem?.detail : undefined
      say(refused ?? detail ?? errorText(error), { tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }
  return (
    <div class="template-actions">
      <button type="button" class="button outline" disabled={busy || !right} onClick={() => void test()}>
        <Icon name="mail" />
        {words.test}
      </button>
      {template.isCustom && (
        <button type="button" class="button quiet" onClick={() => setAsked(true)}>
          <Icon name="history" />
          {words.reset}
        </button>
      )}
      {asked && (
        <Confirm
          title={words.resetTitle}
          text={words.resetText}
          action={words.resetAction}
          danger
          onClose={() => setAsked(false)}
          onConfirm={async () => {
            await templates.reset({ kind, locale })
            form.discard()
            say(words.resetDone)
          }}
        />
      )}
    </div>
  )
}

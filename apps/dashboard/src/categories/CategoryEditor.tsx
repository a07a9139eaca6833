import { categoryCodePattern, localized, slugify } from '@helpdesk/core'
import type { Category } from '@helpdesk/core/api'
import { errorCode } from '../client.ts'
import { LocaleTabs } from '../desks/LocaleTabs.tsx'
import { LocalizedField } from '../desks/LocalizedField.tsx'
import { useDesk } from '../desks/open-desk.ts'
import { Section, SettingsPage } from '../desks/SettingsPage.tsx'
import { type SettingsForm, useForm } from '../desks/settings-form.ts'
import { navigate } from '../router.ts'
import { Field } from '../ui/Field.tsx'
import { words } from './words.ts'

type CategoryValues = Omit<Category, 'id'>

const empty: CategoryValues = { code: '', name: {}, helpText: {} }

function check({ code, name }: CategoryValues): Record<string, string> {
  const problems: Record<string, string> = {}
  if (!categoryCodePattern.test(code)) problems.code = words.codeWrong
  if (!Object.values(name).some((text) => text.trim())) problems.name = words.nameNeeded
  return problems
}

/** One category: its code, and its name and help text in every language. */
export function CategoryEditor({ category }: { category: Category | null }) {
  const desk = useDesk()
  const { categories } = desk
  const list = { page: 'settings', deskId: desk.id, section: 'categories' } as const
  const form = useForm<CategoryValues>(
    {
      saved: () => {
        const known = categories.all.value?.find((one) => one.id === category?.id)
        return known ? { code: known.code, name: known.name, helpText: known.helpText } : empty
      },
      save: async (values, changed) => {
        if (category) await categories.update(category.id, changed)
        else await categories.create(values)
        navigate(list, { evenIfUnsaved: true })
      },
      check,
      explain: (error, { code }) => {
        const taken = categories.all.peek()?.some((one) => one.code.toLowerCase() === code.toLowerCase())
        return errorCode(error) === 'conflict' && taken ? { code: words.codeTaken } : null
      },
    },
    category?.id,
  )
  const locale = desk.settings.value?.locale ?? 'en'
  const title = category ? localized(category.name, locale, locale) || category.code : words.newTitle
  return (
    <SettingsPage title={title} parent={{ to: list, label: words.title }} form={form}>
      <Section title={words.texts}>
        <Texts form={form} suggestCode={category === null} />
        <CodeField form={form} savedCode={category?.code ?? null} />
      </Section>
    </SettingsPage>
  )
}

interface FieldsProps {
  form: SettingsForm<CategoryValues>
}

function CodeField({ form, savedCode }: FieldsProps & { savedCode: string | null }) {
  const { code } = form.values.value
  const changed = savedCode !== null && code !== savedCode
  return (
    <Field
      label={words.code}
      hint={changed ? words.codeChange : words.codeHint}
      problem={form.problems.value.code}
    >
      {(control) => (
        <input
          {...control}
          class="input code"
          maxLength={64}
          spellcheck={false}
          autocapitalize="off"
          value={code}
          onInput={(event) => form.set('code', event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

function Texts({ form, suggestCode }: FieldsProps & { suggestCode: boolean }) {
  const own = useDesk().settings.value?.locale ?? 'en'
  const { name, helpText, code } = form.values.value
  const problems = form.problems.value
  return (
    <LocaleTabs label={words.texts} own={own} isFilled={(locale) => Boolean(name[locale]?.trim())}>
      {(locale) => (
        <>
          <LocalizedField
            label={words.name}
            hint={words.nameHint}
            placeholder={words.namePlaceholder}
            maxLength={100}
            locale={locale}
            texts={name}
            problem={problems[`name/${locale}`] ?? problems.name}
            onChange={(texts) => {
              // As long as nobody has written a code of their own, it follows the name.
              const follows = suggestCode && locale === own && code === codeFrom(name[own] ?? '')
              form.set('name', texts)
              if (follows) form.set('code', codeFrom(texts[own] ?? ''))
            }}
          />
          <LocalizedField
            label={words.helpText}
            hint={words.helpTextHint}
            placeholder={words.helpTextPlaceholder}
            maxLength={2000}
            rows={4}
            locale={locale}
            texts={helpText}
            problem={problems[`helpText/${locale}`] ?? problems.helpText}
            onChange={(texts) => form.set('helpText', texts)}
          />
        </>
      )}
    </LocaleTabs>
  )
}

function codeFrom(name: string): string {
  return name.trim() ? slugify(name).slice(0, 64) : ''
}

import { isEmail, limits } from '@helpdesk/core'
import type { AllTexts } from '../i18n/texts.ts'
import type { FormField } from './drafts.ts'

/** The fields of the message form as they are filled in. */
export type FormValues = Record<FormField, string>

/** What is wrong, by field, in words. */
export type FormErrors = Partial<Record<FormField, string>>

/** Checks the form like the desk will; `asksEmail` is whether there is a field for it. With files no text is needed. */
export function checkForm(
  values: FormValues,
  rules: { asksEmail: boolean; emailRequired: boolean; hasFiles: boolean },
  texts: AllTexts,
): FormErrors {
  const errors: FormErrors = rules.asksEmail ? checkPerson(values, rules.emailRequired, texts) : {}
  const isNeeded = !rules.hasFiles || values.message.trim() !== ''
  const message = isNeeded ? checkMessage(values.message, texts) : undefined
  if (message) errors.message = message
  return errors
}

/** Checks what a visitor says of itself. */
export function checkPerson(
  { email, name }: Pick<FormValues, 'email' | 'name'>,
  emailRequired: boolean,
  texts: AllTexts,
): Pick<FormErrors, 'email' | 'name'> {
  const errors: FormErrors = {}
  const address = email.trim()
  if (address ? !isEmail(address) : emailRequired) errors.email = texts.t('invalid.email')
  if (name.trim().length > limits.name) errors.name = texts.t('invalid.name')
  return errors
}

/** What is wrong with the text of a message, if anything. */
export function checkMessage(text: string, texts: AllTexts): string | undefined {
  const { length } = text.trim()
  if (length === 0) return texts.t('invalid.message')
  return length > limits.messageBody ? texts.plural('tooLong', length - limits.messageBody) : undefined
}

/** The words for what the desk refused, by field; nothing where it refused something else. */
export function errorsFromDesk(fields: Readonly<Record<string, string>>, texts: AllTexts): FormErrors {
  const errors: FormErrors = {}
  for (const field of ['email', 'name', 'message'] as const) {
    if (Object.hasOwn(fields, `/body/${field}`)) errors[field] = texts.t(`invalid.${field}`)
  }
  return errors
}

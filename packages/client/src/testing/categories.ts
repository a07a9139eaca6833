import { localized } from '@helpdesk/core'
import type { CategoryRecord, DeskRecord } from './records.ts'
import { refusal } from './schema.ts'

/** The name of a category in the desk's language; its code when it has none. */
export function categoryName({ settings }: DeskRecord, { code, name }: CategoryRecord): string {
  return localized(name, settings.locale, settings.locale) || code
}

/** The category with a code, whatever its case. */
export function findCategory({ categories }: DeskRecord, code: string): CategoryRecord | undefined {
  return categories.find((one) => one.code.toLowerCase() === code.toLowerCase())
}

/** The category that a request names. @throws {HelpdeskError} `validation_failed` when the desk has none such */
export function readCategory(desk: DeskRecord, code: string): CategoryRecord {
  const category = findCategory(desk, code)
  if (category) return category
  throw refusal([{ pointer: '/body/category', detail: 'is not a category of this desk' }])
}

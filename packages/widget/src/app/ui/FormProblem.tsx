import { Icon } from './icons.tsx'

/** What is wrong with a form as a whole. */
export function FormProblem({ text }: { text: string | undefined }) {
  if (!text) return null
  return (
    <p class="bad" role="alert">
      <Icon name="alert" />
      {text}
    </p>
  )
}

/** Moves the focus to the first field that is wrong, after the next drawing, when the fields know that they are. */
export function focusFirstError(form: { current: HTMLElement | null }): void {
  setTimeout(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus())
}

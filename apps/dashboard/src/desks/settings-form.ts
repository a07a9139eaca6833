import type { Desk, DeskChange } from '@helpdesk/core/api'
import { computed, type ReadonlySignal, signal } from '@preact/signals'
import { useLayoutEffect, useMemo } from 'preact/hooks'
import { errorText, fieldProblems } from '../client.ts'
import { holdBack } from '../router.ts'
import { say } from '../ui/toasts.ts'
import { useDesk } from './open-desk.ts'
import { words } from './words.ts'

/** A page of settings while somebody works on it. */
export interface SettingsForm<V extends object> {
  /** As the page stands now, saved or not. */
  readonly values: ReadonlySignal<V>
  readonly dirty: ReadonlySignal<boolean>
  readonly saving: ReadonlySignal<boolean>
  /** What the desk refused, by path in the request: `widget/color`. */
  readonly problems: ReadonlySignal<Readonly<Record<string, string>>>
  set<K extends keyof V>(name: K, value: V[K]): void
  save(): Promise<void>
  discard(): void
}

interface FormOptions<V> {
  /** The values as they are saved; read inside a computation, so that it may change. */
  saved: () => V
  /** Saves what differs. */
  save: (values: V, changed: Partial<V>) => Promise<unknown>
  /** What can be seen to be wrong without asking the desk. */
  check?: ((values: V) => Readonly<Record<string, string>>) | undefined
  /** Which fields a refusal is about, where the desk does not say; `null` when it is about none. */
  explain?: ((error: unknown, values: V) => Readonly<Record<string, string>> | null) | undefined
}

interface SettingsOptions<V> extends Pick<FormOptions<V>, 'check' | 'explain'> {
  /** The page's values, from the settings of the desk. */
  read: (desk: Desk) => V
  /** The request that saves what differs. */
  write: (values: V, changed: Partial<V>) => DeskChange
}

const same = (one: unknown, other: unknown) => JSON.stringify(one) === JSON.stringify(other)

function createForm<V extends object>(options: FormOptions<V>): SettingsForm<V> {
  const edits = signal<Partial<V>>({})
  const problems = signal<Readonly<Record<string, string>>>({})
  const saving = signal(false)
  // What others save meanwhile shows up in the fields that nobody touched here.
  const saved = computed(options.saved)
  const values = computed(() => ({ ...saved.value, ...edits.value }))
  const changed = computed(
    () =>
      Object.fromEntries(
        Object.entries(edits.value).filter(([name, value]) => !same(saved.value[name as keyof V], value)),
      ) as Partial<V>,
  )
  const dirty = computed(() => Object.keys(changed.value).length > 0)

  async function save(): Promise<void> {
    // Enter in a field asks for it as well, also where nothing was changed.
    if (saving.peek() || !dirty.peek()) return
    problems.value = options.check?.(values.peek()) ?? {}
    if (Object.keys(problems.peek()).length > 0) return focusFirstProblem()
    saving.value = true
    const sent = edits.peek()
    try {
      await options.save(values.peek(), changed.peek())
      edits.value = editedSince(sent, edits.peek())
      say(words.saved)
    } catch (error) {
      problems.value = options.explain?.(error, values.peek()) ?? fieldProblems(error)
      if (Object.keys(problems.peek()).length > 0) focusFirstProblem()
      else say(`${words.notSaved} ${errorText(error)}`, { tone: 'danger' })
    } finally {
      saving.value = false
    }
  }

  return {
    values,
    dirty,
    saving,
    problems,
    save,
    set(name, value) {
      edits.value = { ...edits.peek(), [name]: value }
    },
    discard() {
      edits.value = {}
      problems.value = {}
    },
  }
}

/** What was typed while something was being saved is not saved by it. */
function editedSince<V extends object>(sent: Partial<V>, now: Partial<V>): Partial<V> {
  const names = (Object.keys(now) as (keyof V)[]).filter((name) => now[name] !== sent[name])
  return Object.fromEntries(names.map((name) => [name, now[name]])) as Partial<V>
}

/** A refused field is no use below the fold. */
function focusFirstProblem(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>('main [aria-invalid="true"]')?.focus()
  })
}

/** A form of something that is saved as a whole; leaving it unsaved is asked about first. */
export function useForm<V extends object>(options: FormOptions<V>, key: unknown): SettingsForm<V> {
  const form = useMemo(() => createForm(options), [key])
  // At once, not after the next paint: people type faster than that.
  useLayoutEffect(() => holdBack(() => form.dirty.peek()), [form])
  return form
}

/** The form of a page of settings of the desk. */
export function useSettingsForm<V extends object>(options: SettingsOptions<V>): SettingsForm<V> {
  const desk = useDesk()
  return useForm(
    {
      saved: () => {
        const settings = desk.settings.value
        return settings ? options.read(settings) : ({} as V)
      },
      save: (values, changed) => desk.update(options.write(values, changed)),
      check: options.check,
      explain: options.explain,
    },
    desk,
  )
}

import { createContext } from 'preact'
import { useContext, useLayoutEffect, useReducer, useRef } from 'preact/hooks'
import type { AllTexts, Texts } from './i18n/texts.ts'
import type { Model } from './model.ts'
import type { State } from './state.ts'

const Context = createContext<Model | undefined>(undefined)

/** Gives the model to the views below. */
export const ModelProvider = Context.Provider

/** The model around this view. */
export function useModel(): Model {
  const model = useContext(Context)
  if (!model) throw new Error('There is no model around this view')
  return model
}

/** A part of the state, which must be the same object as long as it has not changed. */
export function useStore<T>(select: (state: State) => T): T {
  const { store } = useModel()
  const [, redraw] = useReducer((count: number, _: undefined) => count + 1, 0)
  const value = select(store.get())
  const latest = useRef({ select, value })
  latest.current = { select, value }
  useLayoutEffect(() => {
    const check = () => {
      const { select, value } = latest.current
      if (!Object.is(select(store.get()), value)) redraw(undefined)
    }
    check()
    return store.subscribe(check)
  }, [store])
  return value
}

/** The texts of the language that is spoken. */
export function useTexts(): Texts {
  return useStore((state) => state.texts)
}

/** All texts, for views of the parts that are loaded together with the second half of the texts. */
export function useAllTexts(): AllTexts {
  const texts = useStore((state) => state.allTexts)
  if (!texts) throw new Error('The texts of this view have not been loaded')
  return texts
}

import { useLayoutEffect, useState } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'
import type { Screen } from '../screen.ts'
import { FormProblem } from '../ui/FormProblem.tsx'
import { Header } from '../ui/Header.tsx'
import { AskForLink } from './AskForLink.tsx'
import { bringBack, forgetToken, tokenOfPage } from './restoring.ts'

/** Brings conversations that this browser does not have back, with an e-mail to their address. */
export function Restore({ from }: { from?: Screen }) {
  const model = useModel()
  const { t } = useAllTexts()
  const desk = useStore((state) => state.desk.name)
  const isProved = useStore((state) => state.contact?.emailVerified)
  const [token, setToken] = useState(() => tokenOfPage(model))
  const [isOver, setOver] = useState(false)
  const { options } = model.shell
  const to: Screen = { name: /ticket/.test(`${from?.name} ${options.page}`) ? 'tickets' : 'home' }
  // A newer link in the same tab changes nothing but what stands behind `#`: the page is not loaded again.
  useLayoutEffect(() => {
    const follow = () => {
      const next = tokenOfPage(model)
      if (next !== undefined) setToken(next)
    }
    addEventListener('hashchange', follow)
    return () => removeEventListener('hashchange', follow)
  }, [model])
  const hasNothingToDo = token === undefined && (isProved || model.shell.visitor?.isIdentified)
  useLayoutEffect(() => {
    if (hasNothingToDo) model.store.set({ screen: { name: 'home' } })
  }, [model, hasNothingToDo])
  return (
    <>
      <Header title={t('restoreTitle')} line={desk} back={from} />
      <div class="scroll pad">
        {token === undefined ? (
          <AskForLink to={to} isOver={isOver} />
        ) : (
          <OpenLink
            key={token}
            token={token}
            to={to}
            onOver={() => {
              forgetToken()
              setOver(true)
              setToken(undefined)
            }}
          />
        )}
      </div>
    </>
  )
}

/** Somebody must press: programs that look into e-mails open their links as well. */
function OpenLink({ token, to, onOver }: { token: string; to: Screen; onOver: () => void }) {
  const model = useModel()
  const { t, error } = useAllTexts()
  const [problem, setProblem] = useState<string>()
  const [isOpening, setOpening] = useState(false)
  const open = async () => {
    if (isOpening) return
    setOpening(true)
    const failure = await bringBack(model, { token }, { to, said: t('restoreDone') })
    if (failure === undefined) return forgetToken()
    setOpening(false)
    if (failure === 'email_link_invalid' || failure === 'validation_failed') return onOver()
    setProblem(error(failure))
  }
  return (
    <div class="form opening">
      <p>{t('restoreLink')}</p>
      <FormProblem text={problem} />
      <button class="primary" type="button" data-focus="true" aria-disabled={isOpening} onClick={open}>
        {t('restoreOpen')}
      </button>
    </div>
  )
}

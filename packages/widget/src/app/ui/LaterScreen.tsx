import { useLayoutEffect, useState } from 'preact/hooks'
import { useModel, useStore, useTexts } from '../context.ts'
import { loadPart, type PartName } from '../parts.ts'
import type { Screen } from '../screen.ts'
import { Header } from './Header.tsx'
import { Failure, Loading } from './Notice.tsx'

interface LaterScreenProps {
  part: PartName
  screen: Screen
  /** It is a piece of a screen that is there already. */
  isPiece?: boolean
}

/** A screen of a part of the application that may still have to be loaded. */
export function LaterScreen({ part, screen, isPiece }: LaterScreenProps) {
  const model = useModel()
  const { locale, error } = useTexts()
  const View = useStore((state) => state.parts[part]?.View)
  const spoken = useStore((state) => state.allTexts?.locale)
  const desk = useStore((state) => state.desk)
  const [failed, setFailed] = useState(0)
  const [tries, setTries] = useState(1)
  const isWanted = !View || spoken !== locale
  useLayoutEffect(() => {
    if (isWanted) loadPart(model, part).catch(() => setFailed(tries))
  }, [model, part, locale, isWanted, tries])
  // A language that cannot be loaded leaves the one that is spoken.
  if (View && spoken) return <View screen={screen} />
  const wait =
    failed === tries ? <Failure text={error('network')} onRetry={() => setTries(tries + 1)} /> : <Loading />
  if (isPiece) return wait
  return (
    <>
      <Header title={desk.name} />
      <div class="scroll pad">{wait}</div>
    </>
  )
}

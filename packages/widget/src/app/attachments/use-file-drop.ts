import { useLayoutEffect, useState } from 'preact/hooks'
import { useModel } from '../context.ts'
import { pickFiles } from './uploads.ts'

/**
 * Takes files that are dropped anywhere on the panel around an element, or pasted into it; answers whether some
 * are held over it right now. Without a place nothing is taken.
 */
export function useFileDrop(ref: { current: HTMLElement | null }, place: string | undefined): boolean {
  const model = useModel()
  const [isOver, setOver] = useState(false)
  useLayoutEffect(() => {
    const panel = ref.current?.closest<HTMLElement>('.panel')
    if (!panel || place === undefined) return
    const controller = new AbortController()
    const listen = <N extends 'dragover' | 'dragleave' | 'drop' | 'paste'>(
      name: N,
      listener: (event: HTMLElementEventMap[N]) => void,
    ) => panel.addEventListener(name, listener, { signal: controller.signal })
    listen('dragover', (event) => {
      if (!event.dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    })
    listen('dragleave', (event) => {
      if (!panel.contains(event.relatedTarget as Node | null)) setOver(false)
    })
    listen('drop', (event) => {
      setOver(false)
      if (take(event.dataTransfer)) event.preventDefault()
    })
    listen('paste', (event) => {
      // Office programs put a picture beside the text that was copied: the text is what is meant.
      const hasText = event.clipboardData?.types.includes('text/plain')
      if (!hasText && take(event.clipboardData)) event.preventDefault()
    })
    const take = (data: DataTransfer | null) => {
      const files = [...(data?.files ?? [])]
      if (files.length) pickFiles(model, place, files)
      return files.length > 0
    }
    return () => controller.abort()
  }, [model, ref, place])
  return isOver
}

import type { RefObject } from 'preact'
import { useEffect, useState } from 'preact/hooks'

/** The files of a drop or a paste; text that was copied together with a picture of it is text. */
export function filesOf(data: DataTransfer | null): File[] {
  if (!data || [...data.types].includes('text/plain')) return []
  return [...data.files]
}

/**
 * Lets files be dropped anywhere on the conversation around an element.
 * @returns whether files hover over it right now
 */
export function useDrop(inside: RefObject<HTMLElement | null>, onFiles: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false)
  useEffect(() => {
    const area = inside.current?.closest<HTMLElement>('.conversation-main')
    if (!area) return
    const hasFiles = (event: DragEvent) => [...(event.dataTransfer?.types ?? [])].includes('Files')
    const onOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onLeave = (event: DragEvent) => {
      if (!area.contains(event.relatedTarget as Node | null)) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      onFiles([...(event.dataTransfer?.files ?? [])])
    }
    area.addEventListener('dragover', onOver)
    area.addEventListener('dragleave', onLeave)
    area.addEventListener('drop', onDrop)
    return () => {
      area.removeEventListener('dragover', onOver)
      area.removeEventListener('dragleave', onLeave)
      area.removeEventListener('drop', onDrop)
    }
  })
  return over
}

import type { TicketForm } from '@helpdesk/core/api'
import { useLayoutEffect, useState } from 'preact/hooks'
import { useAllTexts, useModel, useStore } from '../context.ts'

/**
 * What the desk says about its form, in the language that is spoken. `isLoading` ends also when it cannot be had:
 * a ticket can be written without categories, and waits for the connection like everything else.
 */
export function useTicketForm(): { form: TicketForm | undefined; isLoading: boolean } {
  const { client, signal } = useModel()
  const { locale } = useAllTexts()
  const connection = useStore((state) => state.connection)
  const desk = useStore((state) => state.desk)
  const [form, setForm] = useState<TicketForm>()
  const [isLoading, setLoading] = useState(true)
  useLayoutEffect(() => {
    let isCurrent = true
    const end = (found?: TicketForm) => {
      if (!isCurrent || signal.aborted) return
      if (found) setForm(found)
      setLoading(false)
    }
    client.tickets.form({ locale }, { signal }).then(end, () => end())
    return () => {
      isCurrent = false
    }
  }, [client, signal, locale, connection, desk])
  return { form, isLoading: isLoading && !form && connection === 'ok' }
}

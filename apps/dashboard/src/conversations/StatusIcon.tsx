import type { InboxItem } from '@helpdesk/core/api'
import { words } from './words.ts'

/** The status as a shape, so that no colour is needed to tell: dashed, half, clock, check. */
export function StatusIcon({ status, quiet = false }: { status: InboxItem['status']; quiet?: boolean }) {
  return (
    <span class={`status-icon ${status}`} title={quiet ? undefined : words.statuses[status]}>
      <svg
        width="16"
        height="16"
        viewBox="0 0 16 16"
        fill="none"
        stroke="currentColor"
        stroke-width="1.6"
        aria-hidden="true"
      >
        <Shape status={status} />
      </svg>
      {!quiet && <span class="hidden-visually">{words.statuses[status]}</span>}
    </span>
  )
}

function Shape({ status }: { status: InboxItem['status'] }) {
  if (status === 'pending') {
    return (
      <>
        <circle cx="8" cy="8" r="5.700" />
        <circle cx="8" cy="8" r="2.300" fill="currentColor" stroke="none" />
      </>
    )
  }
  if (status === 'in_progress') {
    return (
      <>
        <circle cx="8" cy="8" r="5.700" />
        <path d="M8 4.800a3.200 3.200 0 0 1 0 6.400z" fill="currentColor" stroke="none" />
      </>
    )
  }
  if (status === 'waiting') {
    return (
      <>
        <circle cx="8" cy="8" r="5.700" stroke-dasharray="2.400 2.078" />
        <path d="M8 5.200V8l1.800 1.400" stroke-linecap="round" stroke-linejoin="round" />
      </>
    )
  }
  return (
    <>
      <circle cx="8" cy="8" r="6.500" fill="currentColor" stroke="none" />
      <path
        d="m5.200 8.200 2 2 3.700-4.200"
        class="status-check"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </>
  )
}

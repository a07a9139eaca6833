import type { ComponentChildren } from 'preact'
import { words } from './words.ts'

/** The frame of the pages before the dashboard: one thing in the middle of a quiet page. */
export function Door({ children }: { children: ComponentChildren }) {
  return (
    <main class="door" id="content">
      <div class="door-card">
        <p class="door-product">
          <svg width="28" height="28" viewBox="0 0 32 32" aria-hidden="true">
            <rect class="door-mark" width="32" height="32" rx="9" />
            <path
              d="M9 10.500A2.500 2.500 0 0 1 11.500 8h9a2.500 2.500 0 0 1 2.500 2.500v6.500a2.500 2.500 0 0 1-2.500 2.500H16l-4.200 3.700c-.5.400-1.300.1-1.300-.6V19.300A2.500 2.500 0 0 1 9 17z"
              fill="#fff"
            />
          </svg>
          {words.product}
        </p>
        {children}
      </div>
    </main>
  )
}

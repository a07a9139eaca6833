import type { ConnectionTest } from '@helpdesk/core/api'
import { errorText } from '../client.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import type { TestRun } from './connection-test.ts'
import { words } from './words.ts'

type Step = ConnectionTest['steps'][number]

const w = words.test

interface TestProps {
  run: TestRun
  /** What the button says, and shows. */
  action: string
  icon?: IconName
  /** What is said when all went well. */
  success: string
  /** The steps in their order, as far as they are known before. */
  expected: readonly Step['step'][]
}

/** The button that tries a connection, and what was found, step by step. */
export function ConnectionSteps({ run, action, icon = 'bolt', success, expected }: TestProps) {
  const { running, result, error } = run
  return (
    <div class="connection-test">
      <div class="connection-start">
        <button type="button" class="button outline" disabled={running} onClick={run.start}>
          {running ? <span class="spinner" /> : <Icon name={icon} />}
          {running ? w.running : action}
        </button>
        {running && <span class="soft">{w.runningHint}</span>}
      </div>
      <div role="status">
        {error !== null && (
          <p class="notice danger">
            <Icon name="warning" />
            {errorText(error)}
          </p>
        )}
        {result && <Result result={result} success={success} expected={expected} />}
      </div>
    </div>
  )
}

/** After what the server said the desk writes what to look at, set off by a dash. */
function wordsOf(detail: string): { said: string; hint: string | null } {
  const at = detail.lastIndexOf(' – ')
  if (at < 0) return { said: detail, hint: null }
  const hint = detail.slice(at + 3)
  return { said: detail.slice(0, at), hint: hint.charAt(0).toUpperCase() + hint.slice(1) }
}

interface ResultProps extends Pick<TestProps, 'success' | 'expected'> {
  result: ConnectionTest
}

function Result({ result, success, expected }: ResultProps) {
  const rest = expected.filter((step) => !result.steps.some((one) => one.step === step))
  const failed = result.steps.find((one) => !one.ok)
  return (
    <div class={result.ok ? 'steps-card good' : 'steps-card danger'}>
      <p class="steps-title">{result.ok ? success : w.failed}</p>
      <ol class="test-steps" aria-label={w.label}>
        {result.steps.map((one, index) => (
          <li key={one.step} class={one.ok ? 'step good' : 'step danger'} style={{ '--step': index }}>
            <Icon name={one.ok ? 'check' : 'close'} />
            <span class="step-name">
              {w.steps[one.step]}
              <span class="hidden-visually">: {one.ok ? w.done : w.stepFailed}</span>
            </span>
            {one.detail && <code class="step-detail">{wordsOf(one.detail).said}</code>}
          </li>
        ))}
        {failed &&
          rest.map((step) => (
            <li key={step} class="step soft">
              <span class="step-open" />
              <span class="step-name">
                {w.steps[step]}
                <span class="hidden-visually">: {w.notTried}</span>
              </span>
            </li>
          ))}
      </ol>
      {failed && (
        <p class="steps-hint">
          <Icon name="idea" />
          {wordsOf(failed.detail ?? '').hint ?? w.hints[failed.step]}
        </p>
      )}
    </div>
  )
}

import { cleanup, render, screen, waitFor } from '@testing-library/preact'
import { afterEach, describe, expect, test } from 'vitest'
import { type Answer, useAnswer } from './answer.ts'

afterEach(cleanup)

/** Asks for what its key names; `answers` decides when, `seen` keeps what was given out, newest last. */
function setUp() {
  const asked: { key: string; answer: (value: string) => void; refuse: (error: unknown) => void }[] = []
  const seen: Answer<string>[] = []
  const Asking = ({ name }: { name: string }) => {
    const answer = useAnswer(
      name,
      () =>
        new Promise<string>((resolve, reject) => {
          asked.push({ key: name, answer: resolve, refuse: reject })
        }),
    )
    seen.push(answer)
    return <p>{answer.error ? 'failed' : (answer.value ?? 'nothing')}</p>
  }
  const { rerender } = render(<Asking name="ben" />)
  return { asked, seen, show: (name: string) => rerender(<Asking name={name} />) }
}

describe('an answer', () => {
  test('that was asked for something else comes too late', async () => {
    const { asked, show } = setUp()
    await waitFor(() => expect(asked).toHaveLength(1))
    show('ann')
    await waitFor(() => expect(asked).toHaveLength(2))
    asked[1]?.answer('Ann')
    await screen.findByText('Ann')
    asked[0]?.answer('Ben')
    await Promise.resolve()
    expect(screen.getByText('Ann')).toBeTruthy()
  })

  test('is asked for again as it is named by then, whoever asks', async () => {
    const { asked, seen, show } = setUp()
    await waitFor(() => expect(asked).toHaveLength(1))
    const old = seen[0]
    show('ann')
    await waitFor(() => expect(asked).toHaveLength(2))
    asked[1]?.answer('Ann')
    await screen.findByText('Ann')
    old?.reload()
    await waitFor(() => expect(asked.map(({ key }) => key)).toEqual(['ben', 'ann', 'ann']))
    expect(screen.getByText('Ann')).toBeTruthy()
    asked[2]?.answer('Ann Lee')
    expect(await screen.findByText('Ann Lee')).toBeTruthy()
  })

  test('that failed can be asked for again', async () => {
    const { asked, seen } = setUp()
    await waitFor(() => expect(asked).toHaveLength(1))
    asked[0]?.refuse(new Error('no'))
    await screen.findByText('failed')
    seen.at(-1)?.reload()
    await waitFor(() => expect(asked).toHaveLength(2))
    asked[1]?.answer('Ben')
    expect(await screen.findByText('Ben')).toBeTruthy()
  })
})

import { describe, expect, test } from 'vitest'
import { readMail } from './reading.ts'
import { readReport } from './reports.ts'
import { autoSubmitted } from './testing-answers.ts'
import { bounces, complaints, ours } from './testing-reports.ts'

const reportOf = async (raw: Uint8Array) => {
  const mail = await readMail(raw)
  if (!mail) throw new Error('It could not be read')
  return readReport(mail)
}

describe('what mail servers report', () => {
  test.each(bounces.map((one) => [one.name, one] as const))('%s', async (_, { raw, permanent, address }) => {
    const report = await reportOf(raw)
    expect(report).toMatchObject({ kind: 'bounce', permanent })
    expect(report?.messageIds).toContain(ours.messageId)
    if (address) expect(report?.address).toBe(ours.address)
    expect(report?.detail.length).toBeGreaterThan(0)
  })

  test.each(complaints.map((one) => [one.name, one] as const))('%s', async (_, { raw, isComplaint }) => {
    const report = await reportOf(raw)
    expect(report?.kind ?? null).toBe(isComplaint ? 'complaint' : null)
    if (isComplaint) expect(report?.messageIds).toContain(ours.messageId)
  })

  test.each(autoSubmitted.map((one) => [one.name, one] as const))(
    '%s says nothing about the address',
    async (_, { raw }) => {
      expect(await reportOf(raw)).toBe(null)
    },
  )

  test('there are 126 bounces and 89 answering machines', () => {
    expect([bounces.length, autoSubmitted.length]).toEqual([126, 89])
  })
})

import { describe, expect, it } from 'vitest'
import { isColor } from './colors.ts'
import {
  agentRoles,
  defaultDeskSettings,
  isTimeZone,
  messagingShown,
  publicIdPattern,
  securityLevels,
  widgetPositions,
  widgetThemes,
} from './desks.ts'
import { locales } from './locales.ts'
import { checkNumberPattern } from './numbers.ts'

describe('messagingShown', () => {
  const switches = [true, false]
  const cases = switches.flatMap((messagingEnabled) =>
    switches.flatMap((widgetMessagingEnabled) =>
      switches.map((featureMessaging) => ({ messagingEnabled, widgetMessagingEnabled, featureMessaging })),
    ),
  )
  it.each(cases)('%o', (on) => {
    expect(messagingShown(on)).toBe(Object.values(on).every(Boolean))
  })
})

describe('desk settings', () => {
  it('have the words of the domain', () => {
    expect(securityLevels).toEqual(['open', 'verified', 'signature'])
    expect(agentRoles).toEqual(['owner', 'admin', 'agent', 'viewer'])
    expect(widgetPositions).toEqual(['left', 'right'])
    expect(widgetThemes).toEqual(['light', 'dark', 'auto'])
  })
  it('are valid before anybody has changed them', () => {
    expect(defaultDeskSettings.security.level).toBe('verified')
    expect(locales).toContain(defaultDeskSettings.locale)
    expect(isTimeZone(defaultDeskSettings.timeZone)).toBe(true)
    expect(checkNumberPattern(defaultDeskSettings.numberPattern)).toBeNull()
    expect(isColor(defaultDeskSettings.widget.color)).toBe(true)
  })
  it.each(['desk_demo', 'abc', 'A-1', 'x'.repeat(64)])('%j may be a public id', (id) => {
    expect(publicIdPattern.test(id)).toBe(true)
  })
  it.each(['', 'ab', '_ab', 'a b', 'a/b', 'ab\n', 'ąbc', 'x'.repeat(65)])('%j may not', (id) => {
    expect(publicIdPattern.test(id)).toBe(false)
  })
  it.each(['UTC', 'Europe/Warsaw', 'America/Argentina/Buenos_Aires'])('%j is a time zone', (zone) => {
    expect(isTimeZone(zone)).toBe(true)
  })
  it.each(['', 'Mars/Olympus', '+02:00', 'Europe/Warsaw\n'])('%j is none', (zone) => {
    expect(isTimeZone(zone)).toBe(false)
  })
})

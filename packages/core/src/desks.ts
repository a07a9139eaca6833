/** How far a desk trusts what a page says about its user, from least strict to strictest. */
export const securityLevels = ['open', 'verified', 'signature'] as const

/** One of the security levels of a desk. */
export type SecurityLevel = (typeof securityLevels)[number]

/** What an agent may do on a desk, from most to least. */
export const agentRoles = ['owner', 'admin', 'agent', 'viewer'] as const

/** One of the roles of an agent. */
export type AgentRole = (typeof agentRoles)[number]

/** The corner of the page in which the launcher sits. */
export const widgetPositions = ['left', 'right'] as const

/** One of the corners for the launcher. */
export type WidgetPosition = (typeof widgetPositions)[number]

/** The colour schemes of the widget; `auto` follows the visitor's system. */
export const widgetThemes = ['light', 'dark', 'auto'] as const

/** One of the colour schemes of the widget. */
export type WidgetTheme = (typeof widgetThemes)[number]

/** A desk's public id: 3 to 64 url-safe characters, the first one a letter or a digit. */
export const publicIdPattern = /^[A-Za-z0-9][A-Za-z0-9_-]{2,63}$/

/** An agents' text per language: `{ en: 'Hello', pl: 'Dzień dobry' }`. */
export type LocalizedText = Record<string, string>

/** What the widget of a desk looks like and offers. */
export interface WidgetSettings {
  /** The widget's own messaging switch (Settings > Widget). */
  messagingEnabled: boolean
  position: WidgetPosition
  /** Distance from the edges of the page, in CSS pixels. */
  offset: number
  /** The accent colour, `#rrggbb`. */
  color: string
  theme: WidgetTheme
  /** Text beside the launcher's icon; empty shows the icon alone. */
  launcherLabel: string
  /** Shown above the message form. */
  welcomeNote: LocalizedText
  /** Shown above the ticket form. */
  helpText: LocalizedText
  /** Whether visitors may attach files. */
  attachments: boolean
  /** Whether an anonymous visitor must leave an e-mail address. */
  emailRequired: boolean
  /** URL patterns, one of which must match, if there are any. */
  showRules: string[]
  /** URL patterns that hide the widget; they win over `showRules`. */
  hideRules: string[]
  /** What the first screen offers. */
  homes: { articles: boolean; messages: boolean; tickets: boolean }
}

/** Everything that can be set on a desk. */
export interface DeskSettings {
  name: string
  /** The language used when nothing better is known, one of `locales`. */
  locale: string
  /** IANA name, such as `Europe/Warsaw`; numbers and reports use it. */
  timeZone: string
  /** An inactive desk accepts no new conversations. */
  active: boolean
  /** See `formatNumber`. */
  numberPattern: string
  messaging: { enabled: boolean; sendInstantlyDefault: boolean }
  features: { messaging: boolean }
  tickets: {
    /** Whether tickets can be opened and followed; old ones are answered by the team all the same. */
    enabled: boolean
    /** Whether the users of a client see their own tickets only, instead of all of their client's. */
    ownOnly: boolean
  }
  /** The hosted pages that are served. */
  pages: { contactForm: boolean; ticketCenter: boolean }
  widget: WidgetSettings
  /** What of the e-mail is the whole desk's; servers and passwords are kept apart. */
  email: {
    /** Whether who opens a ticket gets a confirmation. */
    ticketCreated: boolean
    /** Whether an e-mail that belongs to no conversation begins one. */
    newConversations: boolean
  }
  security: {
    level: SecurityLevel
    /** Whether signatures of the short form are accepted; they sign one identifier and never expire. */
    allowShort: boolean
  }
}

/** The settings of a desk that nobody has changed yet: everything offered, identity verified. */
export const defaultDeskSettings: DeskSettings = {
  name: 'Support',
  locale: 'en',
  timeZone: 'UTC',
  active: true,
  numberPattern: '{yy}{ww}-{seq}',
  messaging: { enabled: true, sendInstantlyDefault: false },
  features: { messaging: true },
  tickets: { enabled: true, ownOnly: false },
  pages: { contactForm: true, ticketCenter: true },
  widget: {
    messagingEnabled: true,
    position: 'right',
    offset: 20,
    color: '#2563eb',
    theme: 'auto',
    launcherLabel: '',
    welcomeNote: {},
    helpText: {},
    attachments: true,
    emailRequired: true,
    showRules: [],
    hideRules: [],
    homes: { articles: true, messages: true, tickets: true },
  },
  email: { ticketCreated: true, newConversations: true },
  security: { level: 'verified', allowShort: true },
}

/**
 * Whether the widget offers messaging: the desk's switch (Messages), the widget's switch (Settings > Widget)
 * and the feature itself must all be on.
 */
export function messagingShown(on: {
  messagingEnabled: boolean
  widgetMessagingEnabled: boolean
  featureMessaging: boolean
}): boolean {
  return on.messagingEnabled && on.widgetMessagingEnabled && on.featureMessaging
}

/** Whether a text is a time zone that this machine knows, such as `Europe/Warsaw`; offsets are not. */
export function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z]/.test(value)) return false
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }) !== undefined
  } catch {
    return false
  }
}

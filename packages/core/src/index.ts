export {
  type ArticleState,
  articleStates,
  slugify,
  slugPattern,
  uniqueSlug,
} from './articles.ts'
export {
  type AttachmentError,
  attachmentEndings,
  attachmentTypes,
  checkAttachment,
  cleanFileName,
  imageTypeOf,
  inlineImageTypes,
  isInlineImage,
  mediaType,
  mediaTypeOf,
} from './attachments.ts'
export { contrast, contrastText, isColor, readableAccent } from './colors.ts'
export {
  checkText,
  cleanLine,
  cleanName,
  cutText,
  decideMerge,
  isEmail,
  type MergeContact,
  type MergeDecision,
  type MergeProof,
  normalizeEmail,
} from './contacts.ts'
export {
  type AuthorType,
  authorTypes,
  type Channel,
  type ConversationEvent,
  type ConversationStatus,
  channels,
  conversationStatuses,
  endsSnooze,
  initialStatus,
  isOpen,
  isSnoozed,
  type MessageKind,
  messageKinds,
  nextStatus,
  type Priority,
  priorities,
  visibleToContact,
} from './conversations.ts'
export {
  type AgentRole,
  agentRoles,
  type DeskSettings,
  defaultDeskSettings,
  isTimeZone,
  type LocalizedText,
  messagingShown,
  publicIdPattern,
  type SecurityLevel,
  securityLevels,
  type WidgetPosition,
  type WidgetSettings,
  type WidgetTheme,
  widgetPositions,
  widgetThemes,
} from './desks.ts'
export {
  type ErrorCode,
  errorTable,
  type FieldError,
  HelpdeskError,
  type Problem,
  toProblem,
} from './errors.ts'
export { isSecret } from './hmac.ts'
export {
  canonicalIdentity,
  type IdentifierAttribute,
  type Identity,
  type IdentityAttribute,
  type IdentityInput,
  type IdentityKey,
  type IdentityReading,
  type IdentityReason,
  identifierOf,
  identifierOrder,
  identityAttributes,
  identityReasons,
  readIdentity,
  signIdentifier,
  signIdentity,
  type Verification,
  type VerifiedIdentity,
  type VerifyOptions,
  verifyIdentity,
} from './identity.ts'
export {
  diagnoseIdentity,
  type IdentityClaim,
  type IdentityDiagnosis,
} from './identity-diagnosis.ts'
export { type IdentityHint, identityHintCodes } from './identity-guesses.ts'
export { verifyIdentityToken } from './identity-token.ts'
export { limits } from './limits.ts'
export { filledTexts, type Locale, locales, localized, pickLocale } from './locales.ts'
export {
  type DeliverableMessage,
  type Delivery,
  type DeliveryFacts,
  decideDelivery,
  delaySeconds,
  dueAt,
  mayMailUnverified,
  type NotificationReason,
  type NotificationState,
  nextAttempt,
  notificationReasons,
  notificationStates,
  retryDelaysSeconds,
} from './notifications.ts'
export {
  checkNumberPattern,
  formatNumber,
  type NumberPatternError,
  normalizeNumber,
  numberPeriod,
} from './numbers.ts'
export { type Prefill, type PrefillDraft, readPrefill } from './prefill.ts'
export {
  closestWord,
  type ExcerptPart,
  editDistance,
  excerptOf,
  foldText,
  likeness,
  misspellings,
  queryWords,
  searchConfig,
  searchQuery,
  stemmers,
  stemOf,
  wordsOf,
} from './search.ts'
export {
  categoryCodePattern,
  checkTicketDraft,
  cleanTitle,
  excerpt,
  isTicket,
  type TicketDraft,
  type TicketDraftError,
} from './tickets.ts'
export { constantTimeEqual, hashToken, isToken, newToken } from './tokens.ts'
export {
  compileUrlRule,
  decideVisibility,
  matchUrl,
  maxUrlRuleLength,
  maxUrlRules,
  parseUrlRules,
  type UrlRuleError,
  type Visibility,
} from './url-rules.ts'

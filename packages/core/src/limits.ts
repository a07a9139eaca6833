// Written out, because bundlers keep what they would have to calculate.
/** What is accepted at most: characters (UTF-16 code units), unless the name says bytes or counts things. */
export const limits = {
  messageBody: 20_000,
  title: 200,
  name: 200,
  email: 254,
  url: 2_048,
  externalId: 255,
  number: 64,
  categoryCode: 64,
  fileName: 120,
  slug: 80,
  urlRules: 200,
  urlRule: 2_048,
  jsonBodyBytes: 262_144,
  attachmentBytes: 10_485_760,
  attachmentsPerMessage: 10,
  secretBytesAtLeast: 32,
} as const

import { letter, letterOf, multipart } from './testing.ts'

/** The e-mail of ours that all of them are about. */
export const ours = {
  notificationId: '0198f3a2-1b5c-4c1d-8e2f-ffeeddccbbaa',
  messageId: '<hd.0198f3a2-1b5c-4c1d-8e2f-ffeeddccbbaa@shop.example>',
  address: 'vera@visitor.example',
}

const returnedHeaders = [
  'From: Shop <support@shop.example>',
  `To: ${ours.address}`,
  'Subject: Your parcel (2647-1)',
  `Message-ID: ${ours.messageId}`,
  'Auto-Submitted: auto-generated',
].join('\r\n')
const returned = `${returnedHeaders}\r\n\r\nWe are on it\r\n`

interface Server {
  name: string
  from: string
  subject: string
  words: (why: string) => string
  /** What it sends back. */
  part: 'message/rfc822' | 'text/rfc822-headers'
  fields?: Record<string, string>
}

const servers: Server[] = [
  {
    name: 'Postfix',
    from: 'MAILER-DAEMON@mx.visitor.example (Mail Delivery System)',
    subject: 'Undelivered Mail Returned to Sender',
    words: (why) =>
      `This is the mail system at host mx.visitor.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered to one or more recipients.\n\n<${ours.address}>: host mx[192.0.2.1] said: ${why}`,
    part: 'message/rfc822',
    fields: { 'Auto-Submitted': 'auto-replied' },
  },
  {
    name: 'Gmail',
    from: 'Mail Delivery Subsystem <mailer-daemon@googlemail.com>',
    subject: 'Delivery Status Notification (Failure)',
    words: (why) =>
      `** Address not found **\n\nYour message wasn't delivered to ${ours.address}.\n\nThe response was:\n${why}`,
    part: 'message/rfc822',
    fields: {
      'X-Failed-Recipients': ours.address,
      'Auto-Submitted': 'auto-replied',
      'In-Reply-To': ours.messageId,
      References: ours.messageId,
    },
  },
  {
    name: 'Exchange Online',
    from: 'Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@visitor.example>',
    subject: 'Undeliverable: Your parcel (2647-1)',
    words: (why) =>
      `Your message to ${ours.address} couldn't be delivered.\n\nRemote server returned '${why}'`,
    part: 'text/rfc822-headers',
    fields: { 'Auto-Submitted': 'auto-replied', 'X-MS-Exchange-Message-Is-Ndr': '' },
  },
  {
    name: 'Sendmail',
    from: 'Mail Delivery Subsystem <MAILER-DAEMON@mx.visitor.example>',
    subject: 'Returned mail: see transcript for details',
    words: (why) =>
      `   ----- The following addresses had permanent fatal errors -----\n<${ours.address}>\n\n   ----- Transcript of session follows -----\n<<< ${why}`,
    part: 'message/rfc822',
    fields: { 'Auto-Submitted': 'auto-generated (failure)' },
  },
  {
    name: 'Amazon SES',
    from: 'MAILER-DAEMON@amazonses.com',
    subject: 'Delivery Status Notification (Failure)',
    words: (why) =>
      `An error occurred while trying to deliver the mail to the following recipients:\n${ours.address}\n${why}`,
    part: 'message/rfc822',
  },
  {
    name: 'Exim, new',
    from: 'Mail Delivery System <Mailer-Daemon@mx.visitor.example>',
    subject: 'Mail delivery failed: returning message to sender',
    words: (why) =>
      `This message was created automatically by mail delivery software.\n\n  ${ours.address}\n    ${why}`,
    part: 'message/rfc822',
    fields: { 'X-Failed-Recipients': ours.address, 'Auto-Submitted': 'auto-replied' },
  },
]

/** What was said, and whether it says that the address is gone for good. */
const reasons: [status: string, action: string, why: string, permanent: boolean][] = [
  ['5.1.1', 'failed', '550 5.1.1 <vera@visitor.example>: Recipient address rejected: User unknown', true],
  [
    '5.1.1',
    'failed',
    '550-5.1.1 The email account that you tried to reach does not exist. Please try again',
    true,
  ],
  [
    '5.1.10',
    'failed',
    '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup',
    true,
  ],
  [
    '5.1.2',
    'failed',
    'Host or domain name not found. Name service error for name=visitor.example: Host not found',
    true,
  ],
  ['5.2.1', 'failed', '550 5.2.1 The email account that you tried to reach is disabled', true],
  ['5.0.0', 'failed', '550 No such user here', true],
  ['5.5.0', 'failed', '550 Requested action not taken: mailbox unavailable', true],
  ['5.1.6', 'failed', '551 5.1.6 Recipient no longer on server', true],
  ['5.4.1', 'failed', '550 5.4.1 Recipient address rejected: Access denied', false],
  ['5.2.2', 'failed', '552 5.2.2 The email account that you tried to reach is over quota', false],
  ['5.3.4', 'failed', '552 5.3.4 Message size exceeds fixed limit', false],
  ['5.7.1', 'failed', '550 5.7.1 Message rejected as spam', false],
  ['5.7.26', 'failed', '550-5.7.26 This mail has been blocked because the sender is unauthenticated', false],
  ['4.4.1', 'delayed', 'connect to mx.visitor.example[192.0.2.1]:25: Connection timed out', false],
  ['4.2.2', 'delayed', '452 4.2.2 The email account that you tried to reach is over quota', false],
  ['4.7.1', 'delayed', '451 4.7.1 Greylisted, please try again later', false],
  ['4.4.7', 'failed', '450 4.4.7 Message expired', false],
]

const statusOf = (status: string, action: string, why: string) =>
  [
    'Reporting-MTA: dns; mx.visitor.example',
    'Arrival-Date: Mon, 2 Nov 2026 10:04:00 +0100',
    '',
    `Final-Recipient: rfc822; ${ours.address}`,
    `Original-Recipient: rfc822;${ours.address}`,
    `Action: ${action}`,
    `Status: ${status}`,
    `Diagnostic-Code: smtp; ${why.slice(0, 40)}`,
    `    ${why.slice(40)}`,
    '',
  ].join('\r\n')

const structured = servers.flatMap((server) =>
  reasons.map(([status, action, why, permanent]) => ({
    name: `${server.name}: ${action} ${status}, ${why.slice(0, 40)}`,
    permanent,
    address: true,
    raw: letterOf(
      multipart('report; report-type=delivery-status', [
        { type: 'text/plain; charset=utf-8', content: server.words(why) },
        { type: 'message/delivery-status', content: statusOf(status, action, why) },
        { type: server.part, content: server.part === 'message/rfc822' ? returned : returnedHeaders },
      ]),
      {
        From: server.from,
        To: 'support@shop.example',
        Subject: server.subject,
        'Return-Path': '<>',
        ...server.fields,
      },
    ),
  })),
)

/** Servers that know no reports: all is in the words. */
const wordy: {
  name: string
  from: string
  subject: string
  text: (why: string) => string
  fields?: Record<string, string>
}[] = [
  {
    name: 'qmail',
    from: 'MAILER-DAEMON@mx.visitor.example',
    subject: 'failure notice',
    text: (why) =>
      `Hi. This is the qmail-send program at mx.visitor.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\nThis is a permanent error; I've given up. Sorry it didn't work out.\n\n<${ours.address}>:\n${why}\n\n--- Below this line is a copy of the message.\n\n${returned}`,
  },
  {
    name: 'Exim, old',
    from: 'Mail Delivery System <Mailer-Daemon@mx.visitor.example>',
    subject: 'Mail delivery failed: returning message to sender',
    text: (why) =>
      `This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ${ours.address}\n    ${why}\n\n------ This is a copy of the message, including all the headers. ------\n\n${returned}`,
    fields: { 'X-Failed-Recipients': ours.address },
  },
  {
    name: 'old Exchange',
    from: 'System Administrator <postmaster@visitor.example>',
    subject: 'Undeliverable: Your parcel',
    text: (why) =>
      `Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) could not be reached:\n\n      ${ours.address} on 11/2/2026 10:04 AM\n            ${why}\n\n--- Message headers follow ---\n${returnedHeaders}`,
  },
  {
    name: 'MDaemon',
    from: 'MDaemon at visitor.example <MDaemon@visitor.example>',
    subject: 'Permanent Delivery Failure',
    text: (why) =>
      `The attached message had PERMANENT fatal delivery errors!\n\n> RCPT To:<${ours.address}>\n< ${why}\n\n--- Original message follows ---\n${returned}`,
  },
]
const words: [string, boolean][] = [
  ['550 5.1.1 User unknown', true],
  ['550 No such user here', true],
  ['Recipient mailbox does not exist', true],
  ['The e-mail account is disabled', true],
  ['552 Mailbox is full, message will be retried, temporary failure', false],
]
const inWords = wordy.flatMap((server) =>
  words.map(([why, permanent]) => ({
    name: `${server.name}, in words: ${why}`,
    permanent,
    address: false,
    raw: letter(
      {
        From: server.from,
        To: 'support@shop.example',
        Subject: server.subject,
        'Return-Path': '<>',
        ...server.fields,
      },
      server.text(why),
    ),
  })),
)
const warnings = ['4 hours', '1 day', '2 days', '3 days'].map((age) => ({
  name: `a warning after ${age}, in words`,
  permanent: false,
  address: false,
  raw: letter(
    {
      From: 'Mail Delivery System <Mailer-Daemon@mx.visitor.example>',
      Subject: 'Warning: message delayed',
      'Return-Path': '<>',
    },
    `THIS IS A WARNING MESSAGE ONLY.\nYou do not need to resend. Delivery has failed so far for ${age}; it could not be delivered yet:\n${ours.address}\nWe will keep trying, user unknown at this time.\n\n--- Message headers follow ---\n${returnedHeaders}`,
  ),
}))

/** 126 reports that an e-mail did not get where it was sent. */
export const bounces = [...structured, ...inWords, ...warnings]

const feedback = (type: string) =>
  letterOf(
    multipart('report; report-type=feedback-report', [
      {
        type: 'text/plain',
        content: 'This is an email abuse report for an email message received from IP 192.0.2.9.',
      },
      {
        type: 'message/feedback-report',
        content: `Feedback-Type: ${type}\r\nUser-Agent: SomeGenerator/1.0\r\nVersion: 1\r\nOriginal-Rcpt-To: <${ours.address}>\r\nOriginal-Mail-From: <support@shop.example>\r\n`,
      },
      { type: 'message/rfc822', content: returned },
    ]),
    { From: 'complaints@provider.example', Subject: 'FW: Your parcel (2647-1)' },
  )

/** What providers say when somebody pressed "this is spam", and when somebody took it back. */
export const complaints = [
  { name: 'a complaint', raw: feedback('abuse'), isComplaint: true },
  { name: 'a wish to hear no more', raw: feedback('opt-out'), isComplaint: true },
  { name: 'a complaint taken back', raw: feedback('not-spam'), isComplaint: false },
  { name: 'a report about signatures', raw: feedback('auth-failure'), isComplaint: false },
]

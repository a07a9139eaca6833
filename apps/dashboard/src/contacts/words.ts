import type { Contact, ContactMerge } from '@helpdesk/core/api'

/** The texts about contacts and clients. */
export const words = {
  contact: 'Contact',
  email: 'E-mail',
  noEmail: 'Not given',
  copyEmail: 'Copy e-mail',
  emailVerified: 'Verified',
  emailNotVerified: 'Not verified',
  emailNotVerifiedWhy:
    'Nobody has proved that this address is theirs: no valid signature, and no answer from that mailbox yet.',
  bounced: 'E-mails do not arrive',
  bouncedWhy: (at: string) =>
    `This address refused our e-mail ${at}. Replies are no longer e-mailed there, only shown in the widget.`,
  tryAgain: 'Try again',
  tryAgainDone: 'The next reply will be e-mailed there again',
  mails: 'E-mails from this desk',
  mailsOn: 'Replies are e-mailed when they are not read.',
  mailsOff: 'They asked for no e-mails. Replies are shown in the widget only.',
  optedOut: (name: string) => `${name} gets no e-mails from this desk`,
  optedIn: (name: string) => `${name} gets e-mails from this desk again`,
  notChanged: (why: string) => `Not changed. ${why}`,
  phone: 'Phone',
  externalId: 'External id',
  copyExternalId: 'Copy external id',
  seen: 'Last seen',
  online: 'Online now',
  never: 'Not yet',
  firstSeen: 'First seen',
  identity: {
    anonymous: {
      mark: 'Not verified',
      why: 'Nobody vouches for who this is: only the browser they write from is known.',
    },
    page: {
      mark: 'As the page says',
      why: 'Not signed: this desk trusted what the page said about its user (security level “open”).',
    },
    email: {
      mark: 'Verified by e-mail',
      why: 'They opened a one-time link, or answered one of our e-mails, from this mailbox. It says nothing about who they are beyond that.',
    },
    short: {
      mark: 'Verified',
      why: 'Your server signed one identifier (short form). Everything else is what the page says.',
    },
    full: { mark: 'Verified', why: 'Your server signed who this is.' },
    jwt: { mark: 'Verified', why: 'Your server vouched for them with a signed token (JWT).' },
  } as const satisfies Record<Contact['identity'], { mark: string; why: string }>,
  claims: 'Unverified, said by the page',
  claimsWhy:
    'Nobody signed these. Anyone can make a page say them: do not hand out anything because of them.',
  attributes: {
    client_email: 'Client e-mail',
    client_external_id: 'Client external id',
    client_name: 'Client',
    client_plan: 'Plan',
    client_url: 'Client address',
    user_email: 'E-mail',
    user_external_id: 'External id',
    user_name: 'Name',
    user_phone: 'Phone',
  } as const,
  client: {
    title: 'Client',
    name: 'Name',
    unnamed: 'Client without a name',
    plan: 'Plan',
    url: 'Address',
    email: 'E-mail',
  },
  earlier: {
    contact: 'Other conversations',
    client: (name: string | null) => (name ? `Conversations of ${name}` : 'Conversations of this client'),
    none: 'None so far.',
    more: 'Show more',
    failed: 'They could not be loaded.',
  },
  merge: {
    open: 'Merge with another contact…',
    title: 'Merge contacts',
    lead: (name: string) => `${name} becomes part of the contact that you choose.`,
    search: 'Search contacts',
    placeholder: 'Name, e-mail or external id',
    results: 'Contacts',
    nobody: 'Nobody else by that name.',
    failed: 'The contacts could not be loaded.',
    happens: (from: string, into: string) => [
      `All conversations of ${from} move to ${into}; replies and e-mails in them go to ${into} from now on.`,
      `${into} keeps its name, its address and what is verified about it.`,
      'You can take it back: the list of merges stands with the contact.',
    ],
    choose: 'Choose a contact',
    confirm: (into: string) => `Merge into ${into}`,
    done: (from: string, into: string) => `${from} is now part of ${into}`,
    undo: 'Undo',
    list: 'Merged into this contact',
    moved: (count: number) => (count === 1 ? '1 conversation moved' : `${count} conversations moved`),
    undone: 'The merge was taken back',
    undoTitle: 'Take the merge back?',
    undoText: (from: string, count: number) =>
      `${from} becomes a contact of its own again, with ${count === 1 ? 'the conversation' : `the ${count} conversations`} that moved.`,
    by: {
      signature: 'proved by a signature',
      email_link: 'proved by a one-time link',
      mailbox_reply: 'proved by a reply from the mailbox',
      agent: 'by an agent',
    } as const satisfies Record<ContactMerge['by'], string>,
    byAgent: (name: string) => `by ${name}`,
  },
} as const

/** Whether somebody's signature stands behind a contact. */
export function isVouchedFor({ identity }: Pick<Contact, 'identity'>): boolean {
  return identity === 'short' || identity === 'full' || identity === 'jwt'
}

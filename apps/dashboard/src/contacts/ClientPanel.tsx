import type { Client } from '@helpdesk/core/api'
import { CopyButton } from '../ui/CopyButton.tsx'
import { Fact, ForeignLink } from '../ui/Fact.tsx'
import { words } from './words.ts'

const w = words.client

/** The customer organisation that the contact belongs to. */
export function ClientPanel({ client }: { client: Client }) {
  const { name, plan, url, email, externalId } = client
  return (
    <section aria-label={w.title}>
      <h3 class="details-heading">{w.title}</h3>
      <dl class="facts">
        <Fact name={w.name}>{name ?? <span class="soft">{w.unnamed}</span>}</Fact>
        {plan && <Fact name={w.plan}>{plan}</Fact>}
        {url && (
          <Fact name={w.url}>
            <ForeignLink url={url} />
          </Fact>
        )}
        {email && <Fact name={w.email}>{email}</Fact>}
        {externalId && (
          <Fact name={words.externalId}>
            <span>{externalId}</span>
            <CopyButton icon text={externalId} label={words.copyExternalId} class="fact-copy" />
          </Fact>
        )}
      </dl>
    </section>
  )
}

/** Which conversations a visitor may see. */
export interface VisitorScope {
  /** Its own ones. */
  contactId: string
  /** Also the tickets of this client, which was vouched for; null without one. */
  clientId: string | null
  /** All of them, or only those of users whom nobody has vouched for, to which an unproved user belongs itself. */
  wide: boolean
  /** With a public link: this conversation and no other. */
  only: string | null
}

/** The scope of a contact by itself. */
export const ownScope = (contactId: string): VisitorScope => ({
  contactId,
  clientId: null,
  wide: false,
  only: null,
})

/** Begins the identity key of a contact of whom only the client was vouched for. */
export const unprovedPrefix = 'c:'

/**
 * SQL that is true for the conversations of a scope.
 * @param p the parameters or columns that hold the scope
 * @param k the name of the conversation's row
 */
export const visibleTo = (
  p: { contact: string; client: string; wide: string; only: string },
  k = 'k',
) => `(${k}.contact_id = ${p.contact}::uuid
    or (${k}.client_id = ${p.client}::uuid and ${k}.subject is not null and ${sharedWith(p.wide, k)}))
  and (${p.only}::uuid is null or ${k}.id = ${p.only}::uuid)`

/** SQL that is true for the tickets of a client that a user of it may see. */
export const sharedWith = (wide: string, k = 'k') => `(${wide}::boolean or exists (
    select 1 from helpdesk.contacts o where o.desk_id = ${k}.desk_id and o.id = ${k}.contact_id
      and o.identity_key like '${unprovedPrefix}%'))`

/** The values of a scope in the order contact, client, wide, only. */
export const scopeValues = ({ contactId, clientId, wide, only }: VisitorScope) => [
  contactId,
  clientId,
  wide,
  only,
]

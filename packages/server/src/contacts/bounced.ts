/** An SQL condition: whether the address that a contact has now is the one that did not take our e-mails. @param contact its table */
export const hasBounced = (contact: string) =>
  `coalesce(lower(coalesce(${contact}.email_bounce ->> 'address', ${contact}.email)) = lower(${contact}.email), false)
    and ${contact}.email_bounce is not null`

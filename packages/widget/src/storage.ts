/** The key of `localStorage` under which a desk's credentials stand, as `<contactId>.<contactToken>`. */
export function credentialsKey(desk: string): string {
  return `helpdesk:${desk}:`
}

import { requestBytes } from './traffic.mjs'

const message =
  'Good morning, my parcel has not come yet. Could you look where it is, please? The number is 4711.'

/**
 * First messages of visitors, to one desk after the other.
 * @param {{ publicId: string }[]} desks
 */
export function startRequests(desks) {
  return Array.from({ length: 2000 }, (_, n) => {
    const path = `/api/messaging/widget/${desks[n % desks.length].publicId}/message`
    const body = {
      email: `vera${n}@visitor.example`,
      name: `Vera ${n}`,
      message,
      pageUrl: 'https://shop.example/orders',
    }
    return requestBytes({ method: 'POST', path, headers: { 'user-agent': 'bench/1.0' }, body })
  })
}

import { lookup } from 'node:dns/promises'
import { BlockList, connect, isIPv4, isIPv6, type Socket } from 'node:net'

/** Why a mail server's name leads nowhere: nobody knows it, or it leads into a network that is not the public one. */
export class MailHostError extends Error {
  readonly reason: 'unknown' | 'private'

  constructor(reason: MailHostError['reason'], message: string) {
    super(message)
    this.name = 'MailHostError'
    this.reason = reason
  }
}

/** Where a mail server may be. */
export interface MailHostRules {
  /** Whether loopback, private and link-local addresses may be connected to. */
  allowPrivate: boolean
  /** The addresses of a name. Default: as the operating system says. */
  resolve?: (host: string) => Promise<string[]>
}

const closed = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, bits, 'ipv4')
// Addresses that hold an IPv4 address (6to4, Teredo) could lead inside again.
for (const [net, bits] of [
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
] as const)
  closed.addSubnet(net, bits, 'ipv6')
const unicast = new BlockList()
unicast.addSubnet('2000::', 3, 'ipv6')

/** Whether an IP address belongs to the public network. What is no address does not. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !closed.check(address, 'ipv4')
  if (!isIPv6(address)) return false
  // An IPv4 address in IPv6 spelling (`::ffff:10.0.0.1`) lies outside the unicast range, as loopback and local ones do.
  return unicast.check(address, 'ipv6') && !closed.check(address, 'ipv6')
}

/**
 * The addresses of a mail server that may be connected to. Whoever connects uses one of them and not the name: asked
 * again, it may lead somewhere else.
 * @throws MailHostError
 */
export async function mailServerAddresses(host: string, rules: MailHostRules): Promise<string[]> {
  const found = await (rules.resolve ?? resolveByName)(host)
  if (found.length === 0) throw new MailHostError('unknown', `${host} has no address`)
  const open = rules.allowPrivate ? found : found.filter(isPublicAddress)
  if (open.length === 0) {
    throw new MailHostError('private', `${host} is in a private network (${found[0]})`)
  }
  return open
}

async function resolveByName(host: string): Promise<string[]> {
  try {
    return (await lookup(host, { all: true })).map(({ address }) => address)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ENOTFOUND' && code !== 'ENODATA') throw error
    throw new MailHostError('unknown', `${host} has no address`)
  }
}

/**
 * Connects to the first of the addresses that answers.
 * @throws the last one's error when none does within `timeoutMs`
 */
export async function connectToAny(
  addresses: readonly string[],
  port: number,
  timeoutMs: number,
): Promise<Socket> {
  const until = AbortSignal.timeout(timeoutMs)
  let failure: unknown = new Error('There is no address to connect to')
  for (const address of addresses) {
    try {
      return await connectTo(address, port, until)
    } catch (error) {
      failure = error
      if (until.aborted) break
    }
  }
  throw failure
}

function connectTo(host: string, port: number, until: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    const giveUp = () => {
      const error: NodeJS.ErrnoException = new Error(`${host}:${port} does not answer`)
      error.code = 'ETIMEDOUT'
      socket.destroy(error)
    }
    until.addEventListener('abort', giveUp, { once: true })
    if (until.aborted) giveUp()
    socket.once('error', reject)
    socket.once('close', () => until.removeEventListener('abort', giveUp))
    socket.once('connect', () => {
      until.removeEventListener('abort', giveUp)
      socket.off('error', reject)
      resolve(socket)
    })
  })
}

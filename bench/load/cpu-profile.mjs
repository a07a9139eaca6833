/** Whose code a frame of a CPU profile is: a package, Node itself, or undefined for what is built into the engine. */
function ownerOf({ functionName, url }) {
  if (functionName === '(idle)' || functionName === '(program)') return functionName
  if (functionName === '(garbage collector)') return 'garbage collector'
  const installed = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)
  if (installed) return installed[1]
  const own = /\/packages\/([a-z]+)\/dist\//.exec(url)
  if (own) return `@helpdesk/${own[1]}`
  if (url.startsWith('node:')) return 'node'
  return url.includes('/bench/') ? 'the bare server' : undefined
}

/**
 * Where a process spent its time.
 * @param {import('node:inspector').Profiler.Profile} profile
 * @returns {{ byOwner: Map<string, number>, byFunction: Map<string, number> }} shares of the busy time; what is built
 * into the engine counts for who called it
 */
export function readProfile({ nodes, samples, timeDeltas }) {
  const parents = new Map()
  for (const { id, children = [] } of nodes) for (const child of children) parents.set(child, id)
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]))
  const labels = new Map(nodes.map(({ id }) => [id, label(id, frames, parents)]))
  const [byOwner, byFunction] = [new Map(), new Map()]
  let busy = 0
  for (const [at, id] of samples.entries()) {
    const { owner, name } = labels.get(id)
    if (owner === '(idle)') continue
    const time = timeDeltas[at]
    busy += time
    byOwner.set(owner, (byOwner.get(owner) ?? 0) + time)
    byFunction.set(name, (byFunction.get(name) ?? 0) + time)
  }
  const shares = (times) => new Map([...times].map(([key, time]) => [key, time / busy]))
  return { byOwner: shares(byOwner), byFunction: shares(byFunction) }
}

function label(id, frames, parents) {
  let at = id
  while (at !== undefined && ownerOf(frames.get(at)) === undefined) at = parents.get(at)
  if (at === undefined) return { owner: 'engine', name: 'engine' }
  const frame = frames.get(at)
  const owner = ownerOf(frame)
  const builtIn = at === id ? '' : ` › ${frames.get(id).functionName || 'anonymous'}`
  return { owner, name: `${owner}: ${frame.functionName || 'anonymous'}:${frame.lineNumber + 1}${builtIn}` }
}

import { type AgentEvent, agentEvent, type VisitorEvent, visitorEvent } from '@helpdesk/core/api'
import fastJson, { type Schema } from 'fast-json-stringify'
import { withoutIds } from '../http/validation.ts'
import type { Viewer } from './presence.ts'

type Serialize = (event: { type: string }) => string

const visitorJson = serializer(visitorEvent.anyOf)
const agentJson = serializer(agentEvent.anyOf)

/** Turns events into the bytes that the viewer's streams get: only the members that the contract names. */
export function framesFor(viewer: Viewer): (event: VisitorEvent | AgentEvent) => Buffer {
  const toJson = 'contactId' in viewer ? visitorJson : agentJson
  return (event) => frame(event, toJson)
}

/** An event as the bytes a contact's streams get. */
export const visitorFrame = (event: VisitorEvent): Buffer => frame(event, visitorJson)

/** An event as the bytes an agent's streams get. */
export const agentFrame = (event: AgentEvent): Buffer => frame(event, agentJson)

function frame(event: VisitorEvent | AgentEvent, toJson: Serialize): Buffer {
  // What passes has no place in the log, and so no id to resume from.
  const id = 'seq' in event ? `id: ${event.seq}\n` : ''
  return Buffer.from(`${id}event: ${event.type}\ndata: ${toJson(event)}\n\n`)
}

/** One serialiser per type of event; compiled when the first one is sent. */
function serializer(variants: readonly { properties: { type: object } }[]): Serialize {
  let byType: Map<unknown, (event: object) => string> | undefined
  return (event) => {
    byType ??= new Map(
      variants.map((variant) => {
        const { const: type } = variant.properties.type as { const?: unknown }
        return [type, fastJson(withoutIds(variant) as Schema)]
      }),
    )
    const toJson = byType.get(event.type)
    if (!toJson) throw new TypeError(`The contract has no event ${event.type}`)
    return toJson(event)
  }
}

import { HelpdeskError } from '@helpdesk/core'
import type { Answers } from '../ask.ts'
import { addCollection, changeCollection, findCollection, toCollection } from '../collections.ts'
import type { DeskRecord } from '../records.ts'

/** The collections of the knowledge base. */
export const collections: Answers['collections'] = {
  list: ({ desk }) => all(desk),
  create: ({ world, desk, body }) => toCollection(desk, addCollection(world, desk, body)),
  update({ desk, params, body }) {
    const collection = findCollection(desk, params.collectionId)
    changeCollection(desk, collection, body)
    return toCollection(desk, collection)
  },
  remove({ desk, params }) {
    const { knowledge } = desk
    const collection = findCollection(desk, params.collectionId)
    if (knowledge.articles.some((one) => one.collection === collection)) {
      throw new HelpdeskError('conflict', { detail: 'The collection still has articles' })
    }
    knowledge.collections = knowledge.collections.filter((one) => one !== collection)
    return null
  },
  order({ desk, body }) {
    const { knowledge } = desk
    const known = knowledge.collections
    const ordered = body.ids.flatMap((id) => known.filter((one) => one.id === id))
    if (ordered.length !== body.ids.length || ordered.length !== known.length) {
      throw new HelpdeskError('conflict', { detail: 'The collections have changed meanwhile' })
    }
    knowledge.collections = ordered
    return all(desk)
  },
}

function all(desk: DeskRecord) {
  return { collections: desk.knowledge.collections.map((one) => toCollection(desk, one)) }
}

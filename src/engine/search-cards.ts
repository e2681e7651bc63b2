import { foldedCardText } from '#core/cards/card-text.ts'
import type { CharacterId } from '#core/ids.ts'
import { findTerm, isNarrower, readTerms, type Term } from '#core/search/terms.ts'
import type { CardDesk } from '#ports/card-desk.ts'
import type { StoragePort } from '#ports/storage.ts'

/** Cards read at a time; questions get through in between. */
const batchSize = 50

/**
 * Looks through the text of every card: read from storage when it is first asked, and kept up to date by what is
 * written. `pause` lets questions through.
 */
export function createCardSearch(
  storage: StoragePort,
  pause: () => Promise<void>,
): Pick<CardDesk, 'search' | 'onChange'> {
  const texts = new Map<CharacterId, string>()
  const listeners = new Set<() => void>()
  let isComplete = false
  let isAsked = false
  /** What was looked for last and where it was found, until a text changes. */
  let last: { readonly terms: readonly Term[]; readonly ids: readonly CharacterId[] } | undefined

  return {
    search: async (typed) => {
      if (!isAsked) {
        isAsked = true
        void readAll()
      }
      const terms = readTerms(typed)
      // Each key of a word narrows down what the one before left.
      const candidates = last && isNarrower(terms, last.terms) ? last.ids : [...texts.keys()]
      const ids = candidates.filter((id) => {
        const text = texts.get(id)
        return text !== undefined && terms.every((term) => findTerm(text, term) >= 0)
      })
      last = { terms, ids }
      return { ids, isComplete }
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }

  async function readAll(): Promise<void> {
    // What is written meanwhile is newer than what is read.
    const written = new Set<string>()
    storage.onChange((changes) => {
      const ours = changes.filter((change) => change.table === 'characters')
      if (ours.length > 0) last = undefined
      for (const change of ours) {
        if (change.type === 'put') texts.set(change.row.id, foldedCardText(change.row))
        else texts.delete(change.key as CharacterId)
        if (!isComplete) written.add(change.type === 'put' ? change.row.id : change.key)
      }
      if (ours.length > 0) tell()
    })
    const ids = await storage.keys('characters')
    for (let start = 0; start < ids.length; start += batchSize) {
      const batch = ids.slice(start, start + batchSize)
      const characters = await Promise.all(batch.map((id) => storage.get('characters', id)))
      for (const character of characters) {
        if (character && !written.has(character.id)) texts.set(character.id, foldedCardText(character))
      }
      last = undefined
      tell()
      await pause()
    }
    isComplete = true
    tell()
  }

  function tell(): void {
    for (const listener of listeners) listener()
  }
}

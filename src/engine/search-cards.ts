import { foldedCardText } from '#core/cards/card-text.ts'
import type { CharacterId } from '#core/ids.ts'
import { findTerm, readTerms } from '#core/search/terms.ts'
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

  return {
    search: async (typed) => {
      if (!isAsked) {
        isAsked = true
        void readAll()
      }
      const terms = readTerms(typed)
      const ids: CharacterId[] = []
      for (const [id, text] of texts) {
        if (terms.every((term) => findTerm(text, term) >= 0)) ids.push(id)
      }
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

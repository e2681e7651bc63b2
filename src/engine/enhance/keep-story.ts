import { emptyCard } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import { findPlayers } from '#core/story/find-players.ts'
import { adoptStory, type StoryDraft } from '#core/story/story-draft.ts'
import type { StoragePort } from '#ports/storage.ts'
import { readLivingCatalogue } from '../read-catalogue.ts'

interface Dependencies {
  readonly storage: StoragePort
  readonly now: () => number
  readonly createId: () => string
}

/**
 * Keeps a story of which only the words are known: as a scene, in one write. Who of the library is called as somebody in
 * it plays that one; for the others there is a card with a name and nothing else.
 */
export async function keepStory(draft: StoryDraft, { storage, now, createId }: Dependencies): Promise<ConversationId> {
  const library = (await readLivingCatalogue(storage)).map(({ id, name, nickname }) => ({
    id,
    card: { ...emptyCard, name, ...(nickname !== undefined && { nickname }) },
  }))
  const players = findPlayers(draft, library)
  const made: Character[] = []
  for (const [index, { key, name }] of draft.characters.entries()) {
    if (players.has(key)) continue
    const id = createId() as CharacterId
    const at = now()
    made.push({
      id,
      document: createCard({ name }),
      hue: (index * 137) % 360,
      origin: 'imported',
      createdAt: at,
      updatedAt: at,
    })
    players.set(key, id)
  }
  const [characterId] = players.values()
  if (!characterId) throw new Error('A story needs somebody in it')
  const { conversation, turns } = adoptStory(draft, {
    conversationId: createId() as ConversationId,
    characterIds: players,
    characterId,
    createId,
    now: now(),
  })
  await storage.write([
    ...made.map((row) => ({ type: 'put', table: 'characters', row }) as const),
    { type: 'put', table: 'conversations', row: conversation },
    ...turns.map((row) => ({ type: 'put', table: 'turns', row }) as const),
  ])
  return conversation.id
}

import type { CardDocument } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import { createCard } from '#core/cards/create-card.ts'
import type { Persona } from '#core/conversation/conversation.ts'
import type { CharacterId, ConversationId, PersonaId, SceneId } from '#core/ids.ts'
import { castOf } from '#core/scene/cast-of.ts'
import { beginScene } from '#core/scene-file/begin-scene.ts'
import type { KeptScene } from '#core/scene-file/kept-scene.ts'
import { adoptScene, adoptSceneStory, type SceneDraft } from '#core/scene-file/scene-draft.ts'
import type { Story } from '#core/story/story.ts'
import { adoptStory, type StoryDraft } from '#core/story/story-draft.ts'

/**
 * A chat of a file as a story, without a library: of its people the file says what they are called, and so nothing else
 * stands in their prompts.
 * @param id names it, and its turns, in the rows.
 */
export function storyOfChat(draft: StoryDraft, id: string): Story | undefined {
  const [first] = draft.characters
  if (!first) return undefined
  const keys = draft.characters.map(({ key }) => key)
  const { conversation, turns, memory } = adoptStory(draft, {
    conversationId: id as ConversationId,
    characterIds: identity(keys),
    characterId: first.key as CharacterId,
    createId: counted(id),
    now: 0,
  })
  const characters = draft.characters.map(({ key, name }) => characterOf(key, createCard({ name })))
  // A file that names several people is of a scene, whether or not it says so.
  const scene =
    conversation.cast || characters.length < 2 ? conversation : { ...conversation, cast: keys as CharacterId[] }
  const cast = castOf(characters, readerCalled(draft.userName), { userPlays: scene.userPlays })
  return { conversation: scene, turns, cast, ...(memory && { memory }) }
}

/** What was played of a scene's file or, where nothing was, how the scene goes in its book, else how it opens. */
export function storyOfScene(draft: SceneDraft, id: string): Story | undefined {
  const characters = draft.characters.map((one) =>
    // Of one that comes with the app its name is all that is here.
    characterOf(one.key, one.bundled === undefined ? one.card : createCard({ name: one.bundled })),
  )
  const characterIds = identity(draft.characters.map(({ key }) => key))
  const scene = adoptScene(draft, { sceneId: id as SceneId, characterIds, now: 0 })
  const story = adoptSceneStory(draft, scene, {
    characterIds,
    conversationId: id as ConversationId,
    createId: counted(id),
    now: 0,
  })
  const persona = readerCalled(draft.persona?.name ?? draft.story?.userName ?? '', draft.persona?.description)
  return story ? castStory(story, characters, persona) : storyOfKeptScene(scene, characters, id, persona)
}

/** The same for a scene of the library that was not played: all of it is its book's, and nobody's of it the reader's. */
export function storyOfKeptScene(
  scene: KeptScene,
  characters: readonly Character[],
  id: string,
  persona?: Persona,
): Story | undefined {
  if (scene.cast.length === 0) return undefined
  const { userPlays: _played, ...everybodys } = scene
  const begun = beginScene(everybodys, {
    conversationId: id as ConversationId,
    referenceLines: scene.reference?.length ?? 0,
    createId: counted(id),
    now: 0,
  })
  return begun.turns.length === 0 ? undefined : castStory(begun, characters, persona)
}

function castStory(
  { conversation, turns }: Pick<Story, 'conversation' | 'turns'>,
  characters: readonly Character[],
  persona: Persona | undefined,
): Story {
  const { userPlays, scenario, secrets, appearances } = conversation
  return { conversation, turns, cast: castOf(characters, persona, { userPlays, scenario, secrets, appearances }) }
}

function characterOf(key: string, document: CardDocument): Character {
  return { id: key as CharacterId, document, hue: 0, origin: 'imported', createdAt: 0, updatedAt: 0 }
}

function readerCalled(name: string, description = ''): Persona | undefined {
  return name.trim() === '' ? undefined : { id: 'reader' as PersonaId, name, description }
}

function identity(keys: readonly string[]): Map<string, CharacterId> {
  return new Map(keys.map((key) => [key, key as CharacterId]))
}

/** Ids that sort by the order in which they are made. */
function counted(id: string): () => string {
  let count = 0
  return () => {
    count += 1
    return `${id}-${String(count).padStart(7, '0')}`
  }
}

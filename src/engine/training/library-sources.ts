import type { Character } from '#core/cards/character.ts'
import type { ConversationId, SceneId } from '#core/ids.ts'
import type { Preference } from '#core/taste/preference.ts'
import { storyOfKeptScene } from '#core/training/story-of-file.ts'
import { everyTurn, type StoragePort } from '#ports/storage.ts'
import { readCast } from '../read-cast.ts'
import type { TrainingSources } from './export-training.ts'

/** Chats and scenes of the library, one at a time in memory. */
export async function* librarySources(
  storage: StoragePort,
  conversations: readonly ConversationId[],
  scenes: readonly SceneId[],
  preferencesOf: (id: ConversationId) => Promise<readonly Preference[]>,
): TrainingSources {
  for (const id of conversations) {
    const conversation = await storage.get('conversations', id)
    if (!conversation) continue
    const [turns, cast, preferences] = await Promise.all([
      storage.turnsBefore(id, undefined, everyTurn),
      readCast(storage, conversation),
      preferencesOf(id),
    ])
    yield cast ? { story: { conversation, turns, cast }, preferences } : conversation.title
  }
  for (const id of scenes) {
    const scene = await storage.get('scenes', id)
    if (!scene) continue
    const rows = await Promise.all(scene.cast.map((one) => storage.get('characters', one)))
    const characters = rows.filter((row): row is Character => row !== undefined)
    const story = characters.length > 0 ? storyOfKeptScene(scene, characters, id) : undefined
    yield story ? { story, preferences: [] } : scene.title
  }
}

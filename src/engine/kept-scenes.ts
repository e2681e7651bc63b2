import type { CharacterId, ConversationId, PersonaId, SceneId } from '#core/ids.ts'
import { beginScene } from '#core/scene-file/begin-scene.ts'
import { inPlayerMarks } from '#core/scene-file/in-player-marks.ts'
import { emptyScene, type KeptScene, type SceneEdit, withEdit } from '#core/scene-file/kept-scene.ts'
import type { StoragePort } from '#ports/storage.ts'
import { edit, editIfAny } from './changes.ts'
import { personaForNewChat } from './read-cast.ts'
import { undeleted } from './undeleted.ts'
import type { Undo } from './undo.ts'

/** How the reader begins a scene. */
export interface SceneStart {
  readonly userPlays?: CharacterId
  readonly personaId?: PersonaId
  /** So many lines of how it went in its book have been said. */
  readonly referenceLines?: number
}

/** Scenes that are written, and begun as often as one likes. */
export interface KeptScenes {
  /** A new one, or a copy of one to be edited. */
  create(from?: KeptScene): Promise<SceneId>
  save(id: SceneId, edit: SceneEdit): Promise<void>
  remove(id: SceneId): Promise<Undo>
  /** Begins a chat from a scene, which need not be kept: of one that comes with the app there is no row. */
  begin(scene: KeptScene, start: SceneStart): Promise<ConversationId>
}

export interface KeptScenesDependencies {
  readonly storage: StoragePort
  readonly now: () => number
  readonly createId: () => string
}

export function createKeptScenes({ storage, now, createId }: KeptScenesDependencies): KeptScenes {
  return {
    create: async (from) => {
      const at = now()
      const id = createId() as SceneId
      const { deletedAt: _living, ...scene } = from ?? { ...emptyScene, deletedAt: undefined }
      const opening = scene.opening.map(inPlayerMarks)
      const row: KeptScene = { ...scene, opening, id, origin: 'authored', createdAt: at, updatedAt: at }
      await storage.write([{ type: 'put', table: 'scenes', row }])
      return id
    },

    save: (id, changed) =>
      storage.write([edit('scenes', id, (scene) => ({ ...withEdit(scene, changed), updatedAt: now() }))]),

    remove: async (id) => {
      await storage.write([edit('scenes', id, (scene) => ({ ...scene, deletedAt: now() }))])
      return () => storage.write([editIfAny('scenes', id, undeleted)])
    },

    begin: async (scene, { userPlays, personaId, referenceLines }) => {
      const found = await Promise.all(scene.cast.map((id) => storage.get('characters', id)))
      // Whoever is gone for good has no card to be played from.
      const cast = scene.cast.filter((_, index) => found[index] !== undefined)
      const played = userPlays ? undefined : (personaId ?? (await personaForNewChat(storage, undefined)))
      const { conversation, turns } = beginScene(
        { ...scene, cast },
        {
          ...(userPlays && { userPlays }),
          ...(played && { personaId: played }),
          ...(referenceLines !== undefined && { referenceLines }),
          conversationId: createId() as ConversationId,
          createId,
          now: now(),
        },
      )
      await storage.write([
        { type: 'put', table: 'conversations', row: conversation },
        ...turns.map((row) => ({ type: 'put', table: 'turns', row }) as const),
      ])
      return conversation.id
    },
  }
}

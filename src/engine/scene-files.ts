import { createFileNames } from '#core/cards/card-file-name.ts'
import { checkPicture } from '#core/cards/card-picture.ts'
import type { Character } from '#core/cards/character.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { ConversationId, SceneId } from '#core/ids.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import type { KeptScene, SceneLine } from '#core/scene-file/kept-scene.ts'
import { sceneLimits } from '#core/scene-file/limits.ts'
import type { SceneProblem } from '#core/scene-file/read-scenes-result.ts'
import type { DraftCharacter, DraftLine, SceneDraft } from '#core/scene-file/scene-draft.ts'
import { writeSceneFile } from '#core/scene-file/scene-file.ts'
import { everyLayer } from '#core/story/story.ts'
import { writeStoryFile } from '#core/story/story-file.ts'
import type { Result } from '#lib/result.ts'
import { textLines } from '#lib/text-lines.ts'
import type { ReadSceneFile } from '#ports/scene-reader.ts'
import { type KeepSceneDependencies, type KeptDraft, keepScene } from './keep-scene.ts'
import { readCast, readPersonas } from './read-cast.ts'
import { type PickedRows, type PickRows, pickRows } from './training/pick-rows.ts'

/** A scene as a file. */
export interface SceneFile {
  readonly blob: Blob
  readonly fileName: string
}

/** What of a chat goes out with its scene. */
export interface SharedParts {
  readonly withStory: boolean
  readonly withPersona: boolean
}

/** Scenes that go out as files, and come in from them. */
export interface SceneFiles {
  /** Reads the scenes of a file and keeps nothing of them. */
  read: ReadSceneFile
  /** Looks for scenes in a file of rows, one a line, however long that is. Keeps nothing of them. */
  pick(file: Blob, choice: PickRows): Promise<PickedRows>
  /** Keeps a scene with its cast and what was played of it in one write, or nothing. */
  keep(draft: SceneDraft): Promise<Result<KeptDraft, SceneProblem>>
  /** A scene, kept or not, with its cast. */
  write(scene: KeptScene): Promise<SceneFile>
  /** A chat as the scene it is played from. */
  writeChat(conversationId: ConversationId, parts: SharedParts): Promise<SceneFile>
}

export interface SceneFilesDependencies extends KeepSceneDependencies {
  readonly readSceneFile: ReadSceneFile
  /** Draws a picture anew as a PNG, where it can be shown: a drawing is not shared as the program that it is. */
  readonly toPng: (picture: Blob) => Promise<Blob | undefined>
  readonly turnsOf: (conversationId: ConversationId) => Promise<readonly Turn[]>
}

export function createSceneFiles(dependencies: SceneFilesDependencies): SceneFiles {
  const { storage, readSceneFile, toPng, turnsOf } = dependencies
  return {
    read: readSceneFile,

    pick: (file, choice) => pickRows(textLines(file.stream()), choice),

    keep: (draft) => keepScene(draft, dependencies),

    write: async (scene) => toFile(scene.title, writeSceneFile(await toDraft(scene))),

    writeChat: async (conversationId, { withStory, withPersona }) => {
      const conversation = await storage.get('conversations', conversationId)
      if (!conversation) throw new Error(`No conversation ${conversationId}`)
      const [turns, memory, cast, { persona }, kept] = await Promise.all([
        turnsOf(conversationId),
        storage.get('memories', conversationId),
        readCast(storage, conversation),
        readPersonas(storage, conversation),
        conversation.sceneId && storage.get('scenes', conversation.sceneId),
      ])
      if (!cast) throw new Error(`The cast of ${conversationId} is gone`)
      const draft = await toDraft(sceneOf(conversation, turns, kept))
      const { name, description } = persona ?? { name: '', description: '' }
      const story = { conversation, turns, cast, ...(memory && { memory }) }
      return toFile(
        conversation.title,
        writeSceneFile(
          { ...draft, ...(withPersona && name.trim() !== '' && { persona: { name, description } }) },
          withStory ? writeStoryFile(story, { layers: everyLayer, extent: 'tree' }) : undefined,
        ),
      )
    },
  }

  /** A scene by keys, which are the ids its characters have here. */
  async function toDraft(scene: KeptScene): Promise<Omit<SceneDraft, 'story'>> {
    const { id: _id, origin: _origin, createdAt: _made, updatedAt: _changed, deletedAt: _deleted, ...rest } = scene
    const {
      title,
      cast,
      present,
      secrets,
      appearances,
      userPlays,
      personaId: _reader,
      opening,
      reference,
      ...told
    } = rest
    const rows = await Promise.all(cast.map((id) => storage.get('characters', id)))
    const characters = await Promise.all(
      rows
        .filter((row): row is Character => row !== undefined)
        .map((row) => toCharacter(row, secrets?.[row.id], appearances?.[row.id])),
    )
    return {
      ...told,
      title: title.slice(0, sceneLimits.nameLength),
      characters,
      ...(present && { presentKeys: present }),
      ...(userPlays && { userPlaysKey: userPlays }),
      opening: opening.map(toDraftLine),
      ...(reference && { reference: reference.map(toDraftLine) }),
    }
  }

  async function toCharacter(row: Character, secret?: string, appearance?: string): Promise<DraftCharacter> {
    const picture = row.portraitId && (await storage.get('files', row.portraitId))?.blob
    const drawn = picture?.type.startsWith('image/svg') ? await toPng(picture) : picture
    const checked = drawn && checkPicture(new Uint8Array(await drawn.arrayBuffer()))
    return {
      key: row.id,
      card: row.document,
      ...(checked?.ok && { portrait: checked.value }),
      hue: row.hue,
      ...(secret && { secret }),
      ...(appearance && { appearance }),
    }
  }
}

/** What a chat was begun from: the scene it names, as it is in this chat, else what stands at its beginning. */
function sceneOf(conversation: Conversation, turns: readonly Turn[], kept: KeptScene | undefined): KeptScene {
  const path = pathTo(createTree(turns), conversation.headId)
  const written = path.slice(
    0,
    Math.max(
      0,
      path.findIndex(({ template }) => !template),
    ),
  )
  const opening = path.every(({ template }) => template) ? path : written
  const { title, userPlays, scenario = '', secrets, appearances } = conversation
  const present = path[0]?.present ?? kept?.present
  return {
    id: kept?.id ?? ('' as SceneId),
    title,
    about: kept?.about ?? '',
    ...(kept?.book !== undefined && { book: kept.book }),
    scenario,
    cast: castIdsOf(conversation),
    ...(present && { present }),
    ...(secrets && { secrets }),
    ...(appearances && { appearances }),
    ...(userPlays && { userPlays }),
    opening: kept?.opening ?? opening.map(toLine),
    ...(kept?.reference && { reference: kept.reference }),
    origin: 'authored',
    createdAt: 0,
    updatedAt: 0,
  }
}

function toLine({ speaker, raw, dialect, whisperTo }: Turn): SceneLine {
  const who = speaker.kind === 'user' ? ({ kind: 'user' } as const) : speaker
  return { speaker: who, raw, dialect, ...(whisperTo && { whisperTo }) }
}

function toDraftLine({ speaker, raw, dialect, whisperTo }: SceneLine): DraftLine {
  return {
    speaker: speaker.kind === 'character' ? { kind: 'character', characterKey: speaker.characterId } : speaker,
    raw,
    dialect,
    ...(whisperTo && { whisperToKeys: whisperTo }),
  }
}

function toFile(title: string, text: string): SceneFile {
  return {
    blob: new Blob([text], { type: 'application/json;charset=utf-8' }),
    fileName: createFileNames()(`${title.trim() || 'Scene'} (scene)`, 'json'),
  }
}

import type { Json } from '#core/cards/card.ts'
import { cardMeaning, contentHash } from '#core/cards/card-meaning.ts'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { Character } from '#core/cards/character.ts'
import { jsonEqual } from '#core/cards/json-tree.ts'
import type { Persona } from '#core/conversation/conversation.ts'
import type { CharacterId, ConversationId, FileId, PersonaId, SceneId } from '#core/ids.ts'
import type { KeptScene } from '#core/scene-file/kept-scene.ts'
import type { SceneProblem } from '#core/scene-file/read-scenes-result.ts'
import { adoptScene, adoptSceneStory, type DraftCharacter, type SceneDraft } from '#core/scene-file/scene-draft.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import type { LookAtPicture } from '#ports/card-reader.ts'
import type { Change, StoragePort } from '#ports/storage.ts'
import { readLivingCatalogue } from './read-catalogue.ts'

/** What became of a scene that came in. */
export interface KeptDraft {
  readonly sceneId: SceneId
  /** The library says the same already: of the scene nothing was kept. */
  readonly isKnown: boolean
  /** The chat that came along. */
  readonly conversationId?: ConversationId
  /** Sentences. */
  readonly notes: readonly string[]
}

export interface KeepSceneDependencies {
  readonly storage: StoragePort
  readonly lookAtPicture: LookAtPicture
  /** Puts in a character that comes with the app, and gives its id; nothing where there is no such one. */
  readonly seedBundled: (slug: string) => Promise<CharacterId | undefined>
  readonly now: () => number
  readonly createId: () => string
}

/**
 * Keeps a scene and whatever it needs in one write, or nothing. A character that the library has already, saying the
 * same, plays its part; any other is kept beside those there are, whatever they are called. No two of a scene become one.
 */
export async function keepScene(
  draft: SceneDraft,
  { storage, lookAtPicture, seedBundled, now, createId }: KeepSceneDependencies,
): Promise<Result<KeptDraft, SceneProblem>> {
  const at = now()
  const changes: Change[] = []
  const notes: string[] = []
  const characterIds = await castCharacters()
  if (characterIds.size === 0) {
    return err({ kind: 'empty', sentence: t('Nobody of this scene comes with this Subtext, so nothing was imported.') })
  }
  const personaId = draft.persona && (await readerAs(draft.persona))
  const adoption = { characterIds, ...(personaId && { personaId }), now: at }
  const made = adoptScene(draft, { ...adoption, sceneId: createId() as SceneId })
  const known = (await storage.list('scenes')).find((one) => isSameScene(one, made))
  const scene = known ?? made
  if (!known) changes.push({ type: 'put', table: 'scenes', row: made })
  const played = adoptSceneStory(draft, scene, { ...adoption, conversationId: createId() as ConversationId, createId })
  if (played) {
    changes.push(
      { type: 'put', table: 'conversations', row: played.conversation },
      ...played.turns.map((row) => ({ type: 'put', table: 'turns', row }) as const),
    )
    if (played.memory) changes.push({ type: 'put', table: 'memories', row: played.memory })
  }
  await storage.write(changes)
  return ok({
    sceneId: scene.id,
    isKnown: known !== undefined,
    ...(played && { conversationId: played.conversation.id }),
    notes,
  })

  async function castCharacters(): Promise<ReadonlyMap<string, CharacterId>> {
    const ids = new Map<string, CharacterId>()
    const taken = new Set<CharacterId>()
    const library = await readLivingCatalogue(storage)
    for (const character of draft.characters) {
      const id =
        character.bundled === undefined
          ? ((await sameInLibrary(character, library, taken)) ?? (await keepCharacter(character)))
          : await seedBundled(character.bundled)
      if (id === undefined) {
        notes.push(
          t('One of its characters, {name}, does not come with this Subtext and was left out.', {
            name: character.bundled ?? '',
          }),
        )
      } else if (!taken.has(id)) {
        taken.add(id)
        ids.set(character.key, id)
      }
    }
    return ids
  }

  /** The hash only says where to look. The one that has the file's own id comes first. */
  async function sameInLibrary(
    { key, card }: WithCard,
    library: readonly CatalogueEntry[],
    taken: ReadonlySet<CharacterId>,
  ): Promise<CharacterId | undefined> {
    const hash = contentHash(card)
    const free = library.filter((entry) => entry.contentHash === hash && !taken.has(entry.id)).map(({ id }) => id)
    for (const id of free.sort((one, other) => Number(other === key) - Number(one === key))) {
      const row = await storage.get('characters', id)
      if (row && jsonEqual(cardMeaning(row.document), cardMeaning(card))) return id
    }
    return undefined
  }

  async function keepCharacter({ card, portrait, hue }: WithCard): Promise<CharacterId> {
    const id = createId() as CharacterId
    const blob = portrait && new Blob([portrait.bytes as Uint8Array<ArrayBuffer>], { type: portrait.type })
    const look = blob && (await lookAtPicture(blob))
    const portraitId = blob && putFile(blob)
    const thumbnailId = look?.thumbnail ? putFile(look.thumbnail) : portraitId
    const row: Character = {
      id,
      document: card,
      ...(portraitId && { portraitId }),
      ...(thumbnailId && { thumbnailId }),
      hue: hue ?? look?.hue ?? hueFor(ordinal()),
      origin: 'imported',
      createdAt: at,
      updatedAt: at,
    }
    changes.push({ type: 'put', table: 'characters', row })
    return id
  }

  function ordinal(): number {
    return changes.filter(({ table }) => table === 'characters').length
  }

  function putFile(blob: Blob): FileId {
    const id = createId() as FileId
    changes.push({ type: 'put', table: 'files', row: { id, blob } })
    return id
  }

  /** Whom the reader plays: the persona that says the same, else a new one. */
  async function readerAs({
    name,
    description,
  }: Pick<Persona, 'name' | 'description'>): Promise<PersonaId | undefined> {
    if (name.trim() === '') return undefined
    const same = (await storage.list('personas')).find(
      (one) => one.deletedAt === undefined && one.name === name && one.description === description,
    )
    if (same) return same.id
    const id = createId() as PersonaId
    changes.push({ type: 'put', table: 'personas', row: { id, name, description, createdAt: at } })
    return id
  }
}

type WithCard = Extract<DraftCharacter, { bundled?: undefined }>

/** Colours far from each other for those who come without a picture: steps of the golden angle. */
function hueFor(place: number): number {
  return Math.round(50 + place * 137.5) % 360
}

/** True for a living scene that says the same. */
function isSameScene(one: KeptScene, other: KeptScene): boolean {
  return one.deletedAt === undefined && jsonEqual(saidBy(one), saidBy(other))
}

function saidBy({ id: _id, origin: _origin, createdAt: _made, updatedAt: _changed, ...said }: KeptScene): Json {
  return JSON.parse(JSON.stringify(said)) as Json
}

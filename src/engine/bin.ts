import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { Character } from '#core/cards/character.ts'
import type { Conversation, Persona } from '#core/conversation/conversation.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import { isWordless, type Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { KeptLorebook } from '#core/lorebook/kept-lorebook.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import type { KeptScene } from '#core/scene-file/kept-scene.ts'
import { type Asked, type Change, type Edit, everyTurn, type StoragePort } from '#ports/storage.ts'
import { edit, editIfAny } from './changes.ts'
import { readCatalogue } from './read-catalogue.ts'
import { undeleted } from './undeleted.ts'

/** Something that was deleted and can be brought back. Times are unix milliseconds. */
export type BinItem =
  | { readonly kind: 'lorebook'; readonly lorebook: KeptLorebook; readonly deletedAt: number }
  | { readonly kind: 'scene'; readonly scene: KeptScene; readonly deletedAt: number }
  | {
      readonly kind: 'character'
      readonly character: CatalogueEntry
      readonly deletedAt: number
      readonly keptFor: KeptFor
    }
  | { readonly kind: 'persona'; readonly persona: Persona; readonly deletedAt: number; readonly keptFor: KeptFor }
  | { readonly kind: 'chat'; readonly conversation: Conversation; readonly deletedAt: number }
  /** A turn of a chat that was not deleted, with how many turns followed from it. */
  | {
      readonly kind: 'turn'
      readonly conversation: Conversation
      readonly turn: Turn
      readonly following: number
      readonly deletedAt: number
    }

/** Why one can't be deleted for good: it comes with the app, or that many chats show it. */
type KeptFor = { readonly reason: 'bundled' } | { readonly reason: 'chats'; readonly chats: number } | undefined

/** Where deleted turns, chats, characters and lorebooks wait. */
export interface Bin {
  /** The latest deletions first. */
  list(): Promise<BinItem[]>
  /** Brings one back, and what it hangs on: a turn's deleted ancestors come too. */
  restore(item: BinItem): Promise<void>
  /** Deletes one for good, with what hangs on it; what has to be kept is kept. */
  erase(item: BinItem): Promise<void>
  /** Deletes everything in it for good that can be. */
  empty(): Promise<void>
}

export function createBin(storage: StoragePort): Bin {
  return {
    list,
    restore: async (item) => {
      switch (item.kind) {
        case 'turn':
          return restoreTurn(item.turn)
        case 'chat':
          return restoreRow('conversations', item.conversation.id)
        case 'character':
          return restoreRow('characters', item.character.id)
        case 'persona':
          return restoreRow('personas', item.persona.id)
        case 'lorebook':
          return restoreRow('lorebooks', item.lorebook.id)
        case 'scene':
          return restoreRow('scenes', item.scene.id)
      }
    },
    erase,
    empty: async () => {
      // Chats first: a character may wait for nothing but them.
      const rank = ({ kind }: BinItem) => (kind === 'character' || kind === 'persona' ? 1 : 0)
      const items = (await list()).sort((one, other) => rank(one) - rank(other))
      for (const item of items) await erase(item)
    },
  }

  async function list(): Promise<BinItem[]> {
    const [characters, conversations, personas, lorebooks, scenes] = await Promise.all([
      readCatalogue(storage),
      storage.list('conversations'),
      storage.list('personas'),
      storage.list('lorebooks'),
      storage.list('scenes'),
    ])
    const items: BinItem[] = lorebooks.flatMap((lorebook) =>
      lorebook.deletedAt === undefined ? [] : [{ kind: 'lorebook', lorebook, deletedAt: lorebook.deletedAt }],
    )
    for (const scene of scenes) {
      if (scene.deletedAt !== undefined) items.push({ kind: 'scene', scene, deletedAt: scene.deletedAt })
    }
    for (const character of characters) {
      if (character.deletedAt === undefined) continue
      items.push({
        kind: 'character',
        character,
        deletedAt: character.deletedAt,
        keptFor: whyKept(character, conversations),
      })
    }
    for (const persona of personas) {
      const { deletedAt } = persona
      if (deletedAt !== undefined) {
        items.push({ kind: 'persona', persona, deletedAt, keptFor: whyPersonaKept(persona, conversations) })
      }
    }
    for (const conversation of conversations) {
      if (conversation.deletedAt !== undefined) {
        items.push({ kind: 'chat', conversation, deletedAt: conversation.deletedAt })
      } else items.push(...(await deletedTurns(conversation)))
    }
    return items.sort((one, other) => other.deletedAt - one.deletedAt)
  }

  async function deletedTurns(conversation: Conversation): Promise<BinItem[]> {
    const turns = await storage.turnsBefore(conversation.id, undefined, everyTurn)
    const deleted = turns.filter((turn) => turn.deletedAt !== undefined && !isWordless(turn))
    if (deleted.length === 0) return []
    const children = childrenOf(turns)
    return deleted.map((turn) => ({
      kind: 'turn',
      conversation,
      turn,
      following: branchFrom(turn.id, children).filter((one) => one.deletedAt === undefined).length,
      deletedAt: turn.deletedAt ?? 0,
    }))
  }

  async function restoreTurn({ conversationId, id }: Turn): Promise<void> {
    const turns = await storage.turnsBefore(conversationId, undefined, everyTurn)
    const turnsById = new Map(turns.map((turn) => [turn.id, turn]))
    const changes: Edit[] = []
    for (let turn = turnsById.get(id); turn; turn = turn.parentId === null ? undefined : turnsById.get(turn.parentId)) {
      if (turn.deletedAt === undefined) continue
      changes.push(edit('turns', [conversationId, turn.id], undeleted))
    }
    await storage.write(changes)
  }

  async function restoreRow(
    table: 'conversations' | 'characters' | 'lorebooks' | 'personas' | 'scenes',
    id: string,
  ): Promise<void> {
    await storage.write([editIfAny(table, id, (row) => undeleted(row) as typeof row)])
  }

  async function erase(item: BinItem): Promise<void> {
    switch (item.kind) {
      case 'turn':
        return eraseTurns(item.turn.conversationId, item.turn.id)
      case 'chat': {
        await eraseTurns(item.conversation.id)
        return storage.write([
          { type: 'delete', table: 'conversations', key: item.conversation.id },
          { type: 'delete', table: 'memories', key: item.conversation.id },
        ])
      }
      case 'persona': {
        const { id, portraitId } = item.persona
        if (whyPersonaKept(item.persona, await storage.list('conversations'))) return
        return storage.write([
          { type: 'delete', table: 'personas', key: id },
          ...(portraitId ? [{ type: 'delete', table: 'files', key: portraitId } as const] : []),
        ])
      }
      case 'character':
        return eraseCharacter(item.character.id)
      // What it was attached to still names it, and finds nothing.
      case 'lorebook':
        return storage.write([{ type: 'delete', table: 'lorebooks', key: item.lorebook.id }])
      // A chat that was begun from it has all it plays by.
      case 'scene':
        return storage.write([{ type: 'delete', table: 'scenes', key: item.scene.id }])
    }
  }

  /** A turn and all that hangs under it, or every turn of a chat. */
  async function eraseTurns(conversationId: ConversationId, root?: TurnId): Promise<void> {
    const turns = await storage.turnsBefore(conversationId, undefined, everyTurn)
    const gone = root === undefined ? turns : turns.filter((turn) => turn.id === root)
    const below = root === undefined ? [] : branchFrom(root, childrenOf(turns))
    const conversation = await storage.get('conversations', conversationId)
    const ids = new Set([...gone, ...below].map((turn) => turn.id))
    const changes = [...ids].map((id): Asked => ({ type: 'delete', table: 'turns', key: [conversationId, id] }))
    // A head in what is gone reads up to the nearest turn above it that lives.
    if (root !== undefined && conversation?.headId && ids.has(conversation.headId)) {
      const headId = nearestLiving(turns, gone[0]?.parentId ?? null)
      changes.push(
        editIfAny('conversations', conversationId, (row) =>
          row.headId && ids.has(row.headId) ? { ...row, headId } : row,
        ),
      )
    }
    // What was said of takes would tell of them.
    for (const { id, a, b } of await storage.list('preferences')) {
      if (ids.has(a) || ids.has(b)) changes.push({ type: 'delete', table: 'preferences', key: id })
    }
    // A summary of what is gone would tell of it.
    changes.push(
      editIfAny('memories', conversationId, (memory) => {
        const versions = memory.versions.filter(({ throughId }) => !ids.has(throughId))
        return versions.length < memory.versions.length ? { ...memory, versions } : memory
      }),
    )
    await storage.write(changes)
  }

  async function eraseCharacter(id: CharacterId): Promise<void> {
    const [characters, conversations] = await Promise.all([readCatalogue(storage), storage.list('conversations')])
    const character = characters.find((one) => one.id === id)
    if (!character || whyKept(character, conversations)) return
    const [history, row] = await Promise.all([storage.get('cardHistories', id), storage.get('characters', id)])
    const usedFiles = new Set(characters.filter((one) => one.id !== id).flatMap(filesOf))
    const files = new Set([...filesOf(character), ...(history?.versions ?? []).flatMap(filesOf), ...ownFilesOf(row)])
    await storage.write([
      { type: 'delete', table: 'characters', key: id },
      { type: 'delete', table: 'cardHistories', key: id },
      ...[...files].flatMap((file): Change[] =>
        file && !usedFiles.has(file) ? [{ type: 'delete', table: 'files', key: file }] : [],
      ),
    ])
  }
}

/** The files a character or a former version of its card names. */
function filesOf(row: Partial<Pick<Character, 'portraitId' | 'originalId' | 'thumbnailId'>>) {
  return [row.portraitId, row.originalId, row.thumbnailId]
}

/** Those that only its own row names, and nobody shares. */
function ownFilesOf(row: Character | undefined) {
  return [row?.portraitSourceId, ...(row?.files ?? []).map(({ fileId }) => fileId)]
}

function whyKept(character: CatalogueEntry, conversations: readonly Conversation[]): KeptFor {
  // Without its row it would be taken for new, and come back by itself.
  if (character.origin === 'bundled') return { reason: 'bundled' }
  const chats = conversations.filter(
    (one) => one.characterId === character.id || castIdsOf(one).includes(character.id),
  ).length
  return chats > 0 ? { reason: 'chats', chats } : undefined
}

/** Whoever said something in a chat is shown with it. */
function whyPersonaKept({ id }: Persona, conversations: readonly Conversation[]): KeptFor {
  const chats = conversations.filter(
    ({ personaId = defaultPersonaId, formerPersonaIds = [] }) => personaId === id || formerPersonaIds.includes(id),
  ).length
  return chats > 0 ? { reason: 'chats', chats } : undefined
}

/** All children, the deleted ones too. */
function childrenOf(turns: readonly Turn[]): ReadonlyMap<TurnId | null, readonly Turn[]> {
  const children = new Map<TurnId | null, Turn[]>()
  for (const turn of turns) {
    const siblings = children.get(turn.parentId)
    if (siblings) siblings.push(turn)
    else children.set(turn.parentId, [turn])
  }
  return children
}

/** Everything under a turn, without it. */
function branchFrom(root: TurnId, children: ReadonlyMap<TurnId | null, readonly Turn[]>): Turn[] {
  const branch = [...(children.get(root) ?? [])]
  // The list grows while it is walked.
  for (const turn of branch) branch.push(...(children.get(turn.id) ?? []))
  return branch
}

function nearestLiving(turns: readonly Turn[], from: TurnId | null): TurnId | null {
  const turnsById = new Map(turns.map((turn) => [turn.id, turn]))
  for (let id = from; id !== null; ) {
    const turn = turnsById.get(id)
    if (!turn) return null
    if (turn.deletedAt === undefined) return id
    id = turn.parentId
  }
  return null
}

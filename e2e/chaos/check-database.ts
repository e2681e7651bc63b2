import type { Page } from '@playwright/test'
import type { Character } from '../../src/core/cards/character.ts'
import type { Conversation } from '../../src/core/conversation/conversation.ts'
import type { Turn } from '../../src/core/conversation/turn.ts'
import { readDatabase } from '../journey.ts'

export interface Rows {
  readonly characters: readonly Character[]
  readonly conversations: readonly Conversation[]
  readonly turns: readonly Turn[]
  readonly files: readonly { readonly id: string }[]
  readonly catalogue: readonly { readonly id: string }[]
  readonly settings: readonly { readonly name: string; readonly value: string }[]
}

/** Every row of the page's database. A table that is not there is empty. */
export async function readRows(page: Page): Promise<Rows> {
  const none = { characters: [], conversations: [], turns: [], files: [], catalogue: [], settings: [] }
  return { ...none, ...(await readDatabase(page)) } as Rows
}

/** What hangs on something that is not there; nothing in a database that is whole. */
export function loosePieces({ characters, conversations, turns, files, catalogue }: Rows): readonly string[] {
  const problems: string[] = []
  const fileIds = new Set(files.map(({ id }) => id))
  const characterIds = new Set<string>(characters.map(({ id }) => id))
  const conversationIds = new Set<string>(conversations.map(({ id }) => id))
  const turnIds = new Set<string>(turns.map(({ id }) => id))
  const listed = new Set(catalogue.map(({ id }) => id))
  for (const { id, portraitId, thumbnailId, originalId } of characters) {
    for (const fileId of [portraitId, thumbnailId, originalId]) {
      if (fileId && !fileIds.has(fileId)) problems.push(`the character ${id} lacks a file`)
    }
    if (!listed.has(id)) problems.push(`the character ${id} is in no list`)
  }
  for (const { id, characterId, headId } of conversations) {
    if (!characterIds.has(characterId)) problems.push(`the chat ${id} lacks its character`)
    if (headId !== null && !turnIds.has(headId)) problems.push(`the chat ${id} lacks its last turn`)
  }
  for (const { id, parentId, conversationId } of turns) {
    if (!conversationIds.has(conversationId)) problems.push(`the turn ${id} lacks its chat`)
    if (parentId !== null && !turnIds.has(parentId)) problems.push(`the turn ${id} lacks the one before it`)
  }
  return problems
}

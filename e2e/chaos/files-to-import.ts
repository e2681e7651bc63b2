import { gzipSync } from 'node:zlib'
import { createMemoryStorage } from '../../src/adapters/memory-storage.ts'
import type { Character } from '../../src/core/cards/character.ts'
import { createCard } from '../../src/core/cards/create-card.ts'
import { writeCard } from '../../src/core/cards/write-card.ts'
import type { Conversation } from '../../src/core/conversation/conversation.ts'
import type { Turn } from '../../src/core/conversation/turn.ts'
import { createBackup } from '../../src/engine/backup.ts'
import type { Change } from '../../src/ports/storage.ts'

export const cardsAtOnce = 12
export const linesOfChat = 600
export const backupChats = 25
export const turnsOfBackupChat = 60

/** Cards as PNG, with a picture each. */
export function someCards(number: number) {
  return Array.from({ length: cardsAtOnce }, (_, index) => {
    const document = createCard({ name: `Import ${number}-${index}`, description: 'Someone. '.repeat(200) })
    return {
      name: `${number}-${index}.png`,
      mimeType: 'image/png',
      buffer: Buffer.from(writeCard({ document }, 'png')),
    }
  })
}

/** A chat with someone who is in the library, as another app writes it. Each line names the file it is of. */
export function someChat(number: number) {
  const lines = [
    { user_name: 'Clara', character_name: 'Sherlock Holmes', chat_metadata: {} },
    ...Array.from({ length: linesOfChat }, (_, index) => ({
      name: index % 2 === 0 ? 'Sherlock Holmes' : 'Clara',
      is_user: index % 2 === 1,
      mes: `Imported ${number}, line ${index}.`,
      send_date: '2024-01-01T00:00:00.000Z',
    })),
  ]
  const buffer = Buffer.from(lines.map((line) => JSON.stringify(line)).join('\n'))
  return { name: `chat-${number}.jsonl`, mimeType: 'application/octet-stream', buffer }
}

/** A backup of chats of one length, and of characters who have their files. */
export async function someBackup() {
  const storage = createMemoryStorage()
  const changes: Change[] = []
  for (let index = 0; index < 10; index += 1) {
    const row = {
      id: `backed-${index}`,
      document: createCard({ name: `Backed ${index}` }),
      portraitId: `picture-${index}`,
      originalId: `original-${index}`,
      hue: 1,
      origin: 'imported',
      createdAt: 1,
      updatedAt: 1,
    } as unknown as Character
    for (const id of [row.portraitId, row.originalId]) {
      if (id) changes.push({ type: 'put', table: 'files', row: { id, blob: new Blob([Buffer.alloc(60_000, index)]) } })
    }
    changes.push({ type: 'put', table: 'characters', row })
  }
  for (let chat = 0; chat < backupChats; chat += 1) {
    const id = `backed-chat-${chat}`
    const turnId = (index: number) => `turn-${String(index).padStart(4, '0')}`
    const row = { id, characterId: `backed-${chat % 10}`, title: id, headId: turnId(turnsOfBackupChat - 1) }
    changes.push({ type: 'put', table: 'conversations', row: { ...row, createdAt: 1, updatedAt: 1 } as Conversation })
    for (let index = 0; index < turnsOfBackupChat; index += 1) {
      const turn = {
        id: turnId(index),
        conversationId: id,
        parentId: index === 0 ? null : turnId(index - 1),
        speaker: { kind: 'user' },
        dialect: 'player',
        raw: `Backed up words ${index}. `.repeat(20),
        ending: 'complete',
        createdAt: index,
      }
      changes.push({ type: 'put', table: 'turns', row: turn as unknown as Turn })
    }
  }
  await storage.write(changes)
  const lines: string[] = []
  for await (const line of createBackup(storage, () => 1).write()) lines.push(line)
  return {
    name: 'mine.jsonl.gz',
    mimeType: 'application/gzip',
    buffer: gzipSync(lines.map((line) => `${line}\n`).join('')),
  }
}

import type { Character } from '#core/cards/character.ts'
import type { Connection } from '#core/connection.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import { demoConnection } from '#core/demo-connection.ts'
import type { ConnectionId } from '#core/ids.ts'
import { type BoundConnection, bindConnection, type Choices } from '#core/model-choice.ts'
import type { StoragePort } from '#ports/storage.ts'

/** The connection a character answers with in a chat. */
export function characterConnection(
  storage: StoragePort,
  inUse: Connection,
  { models }: Pick<Conversation, 'models'>,
  character: Pick<Character, 'id' | 'model'>,
): Promise<BoundConnection> {
  return boundConnection(storage, inUse, { chat: models?.[character.id], character: character.model })
}

/** The connection the environment of a chat answers with, and whatever else is asked about all of a scene. */
export function environmentConnection(
  storage: StoragePort,
  inUse: Connection,
  { models }: Pick<Conversation, 'models'>,
): Promise<BoundConnection> {
  return boundConnection(storage, inUse, { chat: models?.environment })
}

async function boundConnection(storage: StoragePort, inUse: Connection, choices: Choices): Promise<BoundConnection> {
  const ids = [choices.chat, choices.character].flatMap((choice) => choice?.connectionId ?? [])
  const found = new Map<ConnectionId, Connection>([[demoConnection.id, demoConnection]])
  for (const row of await Promise.all(ids.map((id) => storage.get('connections', id)))) {
    if (row) found.set(row.id, row)
  }
  return bindConnection(choices, (id) => found.get(id), inUse)
}

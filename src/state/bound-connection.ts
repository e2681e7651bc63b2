import type { Connection } from '#core/connection.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Speaker } from '#core/conversation/turn.ts'
import { demoConnection } from '#core/demo-connection.ts'
import type { ConnectionId } from '#core/ids.ts'
import { type BoundConnection, bindConnection } from '#core/model-choice.ts'
import { useCharacter } from './characters.ts'
import { useActiveConnection, useConnections } from './connections.ts'
import { useConversation } from './conversations.ts'

/** The connection somebody answers with in a chat; of the reader, whoever the chat is with. Undefined while it is read. */
export function useBoundConnection(
  conversation: Pick<Conversation, 'characterId' | 'models'> | null | undefined,
  speaker: Speaker,
): BoundConnection | undefined {
  const inUse = useActiveConnection()
  const connections = useConnections()
  const id = speaker.kind === 'character' ? speaker.characterId : conversation?.characterId
  const character = useCharacter(speaker.kind === 'environment' ? undefined : id)
  if (!conversation || !inUse || !connections) return undefined
  const choices =
    speaker.kind === 'environment'
      ? { chat: conversation.models?.environment }
      : { chat: id && conversation.models?.[id], character: character?.model }
  return bindConnection(choices, (wanted) => findConnection(connections, wanted), inUse)
}

/** The connection that would answer in the place of a turn. */
export function useConnectionOfTurn(turn: {
  readonly conversationId: Conversation['id']
  readonly speaker: Speaker
}): Connection | undefined {
  return useBoundConnection(useConversation(turn.conversationId), turn.speaker)?.connection
}

/** A connection by its id, the built-in demo among them. */
export function findConnection(connections: readonly Connection[], id: ConnectionId): Connection | undefined {
  return id === demoConnection.id ? demoConnection : connections.find((one) => one.id === id)
}

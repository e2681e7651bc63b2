import { type Connection, type SamplingPreset, samplingPresets } from './connection.ts'
import type { CharacterId, ConnectionId } from './ids.ts'

/** Which model speaks for somebody, and how it is sampled. What is not said is as the connection in use has it. */
export interface ModelChoice {
  readonly connectionId?: ConnectionId
  readonly preset?: SamplingPreset
}

/** Whom a chat has a model chosen for. */
export type ModelChoices = Readonly<Partial<Record<CharacterId | 'environment', ModelChoice>>>

/** Where it was found which connection somebody answers with. */
export type ChosenIn = 'chat' | 'character' | 'everywhere'

/** The connection somebody answers with, sampled as it was chosen for them. */
export interface BoundConnection {
  readonly connection: Connection
  readonly chosenIn: ChosenIn
  /** Another was chosen, which is not there any more. */
  readonly isLost?: true
}

/** What was chosen for somebody: in the chat, and in general for a character. */
export interface Choices {
  readonly chat?: ModelChoice | undefined
  readonly character?: ModelChoice | undefined
}

/**
 * The chat's choice comes before the character's own, and that before the connection in use. A choice whose connection is
 * gone counts as none, and its preset with it: values for one model mean little for another.
 * @param find a connection that is there, by its id.
 */
export function bindConnection(
  { chat, character }: Choices,
  find: (id: ConnectionId) => Connection | undefined,
  inUse: Connection,
): BoundConnection {
  let isLost = false
  for (const [chosenIn, choice] of [['chat', chat] as const, ['character', character] as const]) {
    if (!choice) continue
    const connection = choice.connectionId === undefined ? inUse : find(choice.connectionId)
    if (connection) return { connection: sampledBy(connection, choice.preset), chosenIn, ...(isLost && { isLost }) }
    isLost = true
  }
  return { connection: inUse, chosenIn: 'everywhere', ...(isLost && { isLost }) }
}

function sampledBy(connection: Connection, preset: SamplingPreset | undefined): Connection {
  return preset === undefined ? connection : { ...connection, sampling: samplingPresets[preset] }
}

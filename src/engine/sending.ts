import type { CharacterId } from '#core/ids.ts'
import type { Answerer } from './prepared-reply.ts'

/** How a turn of the reader's is said in a scene. */
export interface Sending {
  /** Only these hear what is said in it. */
  readonly whisperTo?: readonly CharacterId[]
  /** Who is asked for an answer; whoever is spoken to, where nobody is. */
  readonly answerer?: Answerer
}

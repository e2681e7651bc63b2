import type { Conversation } from '#core/conversation/conversation.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import type { ModelChoice } from '#core/model-choice.ts'
import type { StoragePort } from '#ports/storage.ts'
import { parallelSetting } from './parallel-requests.ts'

/** Says which model plays whom. */
export interface ModelCasting {
  /** For one chat; nothing chosen is as the character has it, or else as every chat. */
  inChat(id: ConversationId, who: CharacterId | 'environment', choice: ModelChoice | undefined): Promise<void>
  /** Wherever a character plays, unless a chat says otherwise. */
  ofCharacter(id: CharacterId, choice: ModelChoice | undefined): Promise<void>
  /** How many requests may be under way at once. */
  setParallel(requests: number): Promise<void>
}

export function createModelCasting(storage: StoragePort): ModelCasting {
  return {
    inChat: async (id, who, choice) => {
      const conversation = await storage.get('conversations', id)
      if (!conversation) throw new Error(`No conversation ${id}`)
      const { models: { [who]: _before, ...others } = {}, ...rest } = conversation
      const models: Conversation['models'] = choice ? { ...others, [who]: choice } : others
      const row = Object.keys(models).length > 0 ? { ...rest, models } : rest
      await storage.write([{ type: 'put', table: 'conversations', row }])
    },

    ofCharacter: async (id, choice) => {
      const character = await storage.get('characters', id)
      if (!character) throw new Error(`No character ${id}`)
      const { model: _before, ...rest } = character
      await storage.write([{ type: 'put', table: 'characters', row: choice ? { ...rest, model: choice } : rest }])
    },

    setParallel: (requests) =>
      storage.write([{ type: 'put', table: 'settings', row: { name: parallelSetting, value: String(requests) } }]),
  }
}

import type { Conversation } from '#core/conversation/conversation.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import type { ModelChoice } from '#core/model-choice.ts'
import type { StoragePort } from '#ports/storage.ts'
import { edit } from './changes.ts'
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
    inChat: (id, who, choice) =>
      storage.write([
        edit('conversations', id, ({ models: { [who]: _before, ...others } = {}, ...rest }) => {
          const models: Conversation['models'] = choice ? { ...others, [who]: choice } : others
          return Object.keys(models).length > 0 ? { ...rest, models } : rest
        }),
      ]),

    ofCharacter: (id, choice) =>
      storage.write([
        edit('characters', id, ({ model: _before, ...rest }) => (choice ? { ...rest, model: choice } : rest)),
      ]),

    setParallel: (requests) =>
      storage.write([{ type: 'put', table: 'settings', row: { name: parallelSetting, value: String(requests) } }]),
  }
}

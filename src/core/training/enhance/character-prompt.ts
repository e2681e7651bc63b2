import type { CharacterId } from '#core/ids.ts'
import { buildPrompt } from '#core/prompt/build-prompt.ts'
import { castForTraining } from '../sample.ts'
import { withoutRequirements } from './forward-prompt.ts'
import type { EnhanceStory } from './part.ts'

/** What HER's training tells a model of its character, without what it demands of the form. */
export function systemPromptOf({ cast }: EnhanceStory, reader: CharacterId): string {
  const { messages } = buildPrompt({ character: reader, cast: castForTraining(cast), heard: [] })
  return withoutRequirements(messages[0]?.content ?? '')
}

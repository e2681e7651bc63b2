import type { Turn } from '#core/conversation/turn.ts'
import { buildPrompt } from '#core/prompt/build-prompt.ts'
import { sectionTitles } from '#core/prompt/form.ts'
import type { PromptBudget } from '#core/prompt/prompt-room.ts'
import { hearBackwards } from '#core/scene/hearing.ts'
import { castForTraining } from '../sample.ts'
import type { EnhancePart, EnhanceStory, Target } from './part.ts'
import type { TeacherRequest } from './teacher-request.ts'

/**
 * Asks for a turn's plan before the turn (HER's stage 3, forward): the character's prompt as HER's training has it, with
 * requirements that ask for the next single turn and say nothing of planning, and the true history up to the turn. What a
 * reasoning model thinks by itself is kept, the reply it gives is thrown away.
 * @param path the story, the character's own turns as they read by now.
 */
export function askForward(
  { cast }: EnhanceStory,
  { reader, name }: EnhancePart,
  { place, turn }: Target,
  path: readonly Turn[],
  budget?: PromptBudget,
): TeacherRequest {
  const { messages } = buildPrompt({
    character: reader,
    cast: castForTraining(cast),
    heard: hearBackwards(path.slice(0, place), reader, cast),
    macros: { chance: { chat: turn.conversationId, reply: turn.id }, now: { at: turn.createdAt } },
    ...(budget && { budget }),
  })
  return {
    messages: messages.map(({ role, content }) => ({
      role,
      content: role === 'system' ? `${withoutRequirements(content)}\n\n${requirements(name)}` : content,
    })),
    temperature: 0.7,
    topP: 0.9,
    maxTokens: 4096,
  }
}

/** A system prompt up to what it demands of the form of a reply. */
export function withoutRequirements(prompt: string): string {
  const heading = prompt.lastIndexOf(`\n\n===${sectionTitles.training.rules}===\n`)
  return heading < 0 ? prompt : prompt.slice(0, heading)
}

function requirements(name: string): string {
  return `===${sectionTitles.training.rules}===
Write the NEXT SINGLE turn of ${name}, made of thought, action and speech in any order:
- <role_thinking>what ${name} thinks, in the first person</role_thinking>
- <role_action>what ${name} does</role_action>
- plain text for what ${name} says aloud.
Write for ${name} alone, and stop after this one turn. Start your response with "${name}: ".`
}

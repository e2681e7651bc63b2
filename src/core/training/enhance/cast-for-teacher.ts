import type { Cast } from '#core/scene/cast.ts'

/** The cast as HER's data knows it: what cards tell other models (system prompts, last words, examples) is left out. */
export function castForTeacher(cast: Cast): Cast {
  const characters = cast.characters.map((member) => ({
    ...member,
    card: { ...member.card, systemPrompt: '', postHistoryInstructions: '', exampleDialogue: '' },
  }))
  return { ...cast, characters }
}

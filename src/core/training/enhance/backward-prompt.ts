import { writeReply } from '#core/her/write.ts'
import { disarm } from '#core/prompt/special-tokens.ts'
import { memberOf, outwardOf, spokenName, userName } from '#core/scene/cast.ts'
import { hear } from '#core/scene/hearing.ts'
import { systemPromptOf } from './character-prompt.ts'
import type { EnhancePart, EnhanceStory, Target } from './part.ts'
import type { TeacherRequest } from './teacher-request.ts'

/** Most turns of its own that one call asks for. */
export const mostPlans = 30
/** Most characters of a prompt: HER's 30,000 tokens at four characters each. */
const mostCharacters = 120_000
const profileLength = 1500
const otherProfileLength = 500
/** From so many characters on a draft is told how long its plan should be. */
const longDraft = 1000

/** The plans of one call: neighbours in the character's own order. */
export function planWindowsOf({ targets }: EnhancePart): Target[][] {
  const wanted = targets.filter(({ wantsPlan }) => wantsPlan)
  return Array.from({ length: Math.ceil(wanted.length / mostPlans) }, (_, index) =>
    wanted.slice(index * mostPlans, (index + 1) * mostPlans),
  )
}

/** What the turns are by now, and what was drafted for them, by place. */
export interface PlanBasis {
  readonly written: ReadonlyMap<number, string>
  readonly drafts: ReadonlyMap<number, string>
}

/**
 * Asks for the plans of one character's turns, each led towards the turn it stands before (HER's stage 3, backward). The
 * authors send the thoughts of everyone; here the others' lines are what this character heard of them.
 */
export function askBackward(
  story: EnhanceStory,
  part: EnhancePart,
  targets: readonly Target[],
  { written, drafts }: PlanBasis,
): TeacherRequest {
  const { cast, path } = story
  const { reader, name } = part
  const wanted = new Map(targets.map((target) => [target.place, target]))
  const last = Math.max(...wanted.keys())
  const lines = hear(path.slice(0, last + 1), reader, cast)
    .filter(({ segments }) => segments.length > 0)
    .map(({ place, name: character, segments }) => {
      const enhanced_speech = `${character}: ${written.get(place) ?? writeReply(segments)}`
      if (!wanted.has(place)) return { dialogue_index: place, character, enhanced_speech, need_revise: false }
      const draft = drafts.get(place) ?? ''
      return {
        dialogue_index: place,
        character,
        sys_thinking: draft === '' ? '[EMPTY - needs generation]' : draft,
        enhanced_speech,
        need_revise: true,
        ...(draft.length > longDraft && { target_chars: `~${draft.length} chars` }),
      }
    })
  const information = systemInformation(story, part)
  const size = targets.reduce((sum, { place }) => sum + Math.max(1200, drafts.get(place)?.length ?? 0), 0)
  return {
    messages: [
      { role: 'system', content: 'You answer with JSON and nothing else: the answer starts with [ and ends with ].' },
      {
        role: 'user',
        content: disarm(
          `${task(name, targets.length)}\n\n${JSON.stringify([information, ...fitting(lines, information)], null, 1)}`,
        ),
      },
    ],
    temperature: 0.7,
    topP: 0.9,
    maxTokens: Math.min(32_768, 1024 + Math.ceil(size / 2)),
  }
}

/** The newest lines that fit the budget; those that are asked for always stay, since they are what is asked. */
function fitting<Line extends { readonly need_revise: boolean }>(lines: readonly Line[], information: unknown): Line[] {
  let left = mostCharacters - JSON.stringify(information).length
  for (const line of lines) if (line.need_revise) left -= JSON.stringify(line).length
  const kept = new Set<Line>()
  for (const line of lines.toReversed()) {
    if (line.need_revise) kept.add(line)
    else {
      left -= JSON.stringify(line).length
      if (left < 0) break
      kept.add(line)
    }
  }
  return lines.filter((line) => line.need_revise || kept.has(line))
}

function systemInformation(story: EnhanceStory, { reader, name }: EnhancePart) {
  const { cast, title } = story
  const member = memberOf(reader, cast)
  const card = member?.card
  const others = [
    ...cast.characters
      .filter(({ id }) => id !== reader)
      .map((other) => [spokenName(other.card), clip(outwardOf(other), otherProfileLength)] as const),
    ...(cast.userPlays ? [] : [[userName(cast), clip(cast.user.description, otherProfileLength)] as const]),
  ]
  return {
    role: 'system_info',
    character_name: name,
    book: card?.her.book ?? '',
    chapter: title,
    scenario: story.scenario ?? card?.scenario ?? '',
    character_profile: clip([card?.description, card?.personality].filter(Boolean).join('\n'), profileLength),
    background: '',
    motivation: card?.her.motivation ?? '',
    other_character_profiles: Object.fromEntries(others),
    original_system_prompt: clip(systemPromptOf(story, reader), profileLength * 2),
  }
}

/** Never through the middle of a character. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text
  const end = text.charCodeAt(length - 1)
  return text.slice(0, end >= 0xd800 && end < 0xdc00 ? length - 1 : length)
}

function task(name: string, turns: number): string {
  return `Below is a JSON array: first what is known of the setting, then a dialogue in its order. Write or revise the sys_thinking of each entry with "need_revise": true. There are exactly ${turns}, all of ${name}.

What sys_thinking is
Whoever writes ${name} plans each turn before writing it. The plan is about ${name}, in the third person, from outside ("I need to portray ${name} as…" is the voice of the one who plans). It weighs the moment, what ${name} feels and wants, what to show and what to hold back, and it arrives at exactly the turn that follows it: the enhanced_speech of the same entry. It is made before the turn, so it neither quotes all of it nor looks back on it. Call people by their names or by what they are; never write "the user".

What can be seen
Nobody in the story can see sys_thinking. In enhanced_speech <role_thinking> is a private thought; ${name} knows only its own. <role_action> and plain text are seen and heard by all who are there. A plan rests on what ${name} can know by then: not on what others think, and not on what comes later.

How to revise
- Type A, sys_thinking is already in the third person: keep its structure and its length (within 10%), and change its content until it leads to this very turn.
- Type B, sys_thinking is in the first person of the character, or talks about a task or a user: rewrite it, from context to goal to plan to a draft of the turn. 800 to 1500 characters.
- Type C, "[EMPTY - needs generation]": write it in the same way. 800 to 1500 characters.
- Where an entry has target_chars, that is the length.
- The plan for the first turn of ${name} begins with the scene, the background and the motive.
- Keep to the language of the dialogue. Do not begin all plans alike.

Answer with a JSON array of exactly ${turns} entries, in the same order, and nothing else:
[{"dialogue_index": 0, "revised_sys_thinking": "...", "revision_notes": "..."}]
Inside of texts use single quotes, or escape double ones.`
}

/** A line of a dialogue, as the prompts for teachers have it. */
interface Line {
  readonly character: string
  readonly standard_format?: string
  readonly origin_id?: readonly number[]
  readonly dialogue_index?: number
  readonly need_revise?: boolean
  readonly sys_thinking?: string
}

const thoughts = [
  'I must not look at the window again',
  'If I answer too fast it will sound prepared',
  'Nobody taught me how to hold a silence like this',
  'My hands want something to do',
  'This is how the evening in the harbour began',
]

/** What a good teacher answers to a prompt of the reverse engineering; undefined for every other prompt. */
export function answerAsTeacher(messages: readonly { readonly content: string }[]): string | undefined {
  const last = messages.at(-1)?.content ?? ''
  const asked = /with these origin_id values, and no others: ([\d[\], ]+)\./.exec(last)?.[1]
  if (asked) return roleThinking(readAfter(last, '\n\n{') as { dialogues: Line[] }, asked)
  if (last.includes('"dialogue_index": 0, "revised_sys_thinking"')) return plans(readAfter(last, '\n\n[\n') as Line[])
  if (last.startsWith('Complete the setting of a role-play dialogue.')) return setting(readAfter(last, '\n\n{'))
  return undefined
}

function readAfter(text: string, mark: string): unknown {
  return JSON.parse(text.slice(text.lastIndexOf(mark) + 2))
}

function roleThinking({ dialogues, ...fields }: { dialogues: readonly Line[] }, asked: string): string {
  const wanted = new Set(asked.match(/\d+/g)?.map(Number))
  const enhanced = dialogues
    .filter(({ origin_id = [] }) => wanted.has(origin_id[0] ?? -1))
    .map(({ character, origin_id, standard_format = '' }) => {
      const place = origin_id?.[0] ?? 0
      const thought = `<role_thinking>${thoughts[place % thoughts.length]}</role_thinking>`
      const isLate = place % 3 === 0
      return {
        character,
        origin_id,
        original: standard_format,
        enhanced_role_think: isLate ? standard_format + thought : thought + standard_format,
        enhanced_reason: 'shows what is held back',
        pattern: isLate ? 'speech>think' : 'think>speech',
      }
    })
  const statistics = { total_dialogues: dialogues.length, modified_count: enhanced.length, patterns_used: [] }
  const answer = JSON.stringify({ ...fields, enhanced_dialogues: enhanced, statistics }, null, 1)
  return `<think>The turns show nothing of the inside yet.</think>\n\`\`\`json\n${answer}\n\`\`\``
}

function plans(lines: readonly Line[]): string {
  const revised = lines
    .filter(({ need_revise }) => need_revise)
    .map(({ dialogue_index = 0, character }) => ({
      dialogue_index,
      revised_sys_thinking: `${character} stands at line ${dialogue_index} of this scene and has been asked for more than ${character} wants to give. ${planFor(character, dialogue_index)}`,
      revision_notes: 'leads to the line',
    }))
  return JSON.stringify(revised)
}

function planFor(character: string, index: number): string {
  const steps = [
    'watch',
    'weigh',
    'name',
    'hide',
    'soften',
    'delay',
    'measure',
    'answer',
    'return to',
    'let go of',
    'come back to',
    'leave open',
  ]
  return steps
    .map((step, at) => `${character} should ${step} the matter of line ${index + at} before the next word falls.`)
    .join(' ')
}

function setting(input: unknown): string {
  const { scenario, characters } = input as { scenario: string; characters: Record<string, Record<string, string>> }
  const completed = Object.entries(characters).map(([name, fields], index) => [
    name,
    {
      character_index: index,
      character_profile_enriched: `${fields['character_profile']} Keeps a steady voice.`.trim(),
      motivation_enriched: fields['motivation'],
      reasoning: 'DIALOGUE shows a steady voice; SETTING misses it; TEXT source "steady"; ADDED to the profile.',
    },
  ])
  return JSON.stringify({
    scenario_enriched: scenario,
    scenario_reasoning: 'No enhancement needed',
    characters: Object.fromEntries(completed),
  })
}

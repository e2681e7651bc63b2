import type { Json, JsonObject } from '#core/cards/card.ts'
import { isList, isObject, own } from '#core/cards/json-tree.ts'
import { parseReply } from '#core/her/parse.ts'
import { writeReply } from '#core/her/write.ts'

/** A conversation as a case, and what others see of its people. */
export interface ConversationCase {
  readonly value: JsonObject
  readonly outward: ReadonlyMap<string, string>
}

/**
 * The conversations of a row of HER's `full_info` or `clean`, or of a book of CoSER's training data, as cases with every
 * turn in HER's tags. Every field may be missing; of what was enriched the enriched text is taken.
 */
export function casesOfConversations(row: JsonObject): ConversationCase[] {
  const plots = listAt(row, 'plots').filter(isObject)
  if (plots.length > 0) {
    return plots.flatMap((plot) =>
      listAt(plot, 'conversation')
        .filter(isObject)
        .map((talk) => caseOf(row, plot, talk)),
    )
  }
  return listAt(row, 'conversation')
    .filter(isObject)
    .map((talk) => caseOf(row, row, talk))
}

function caseOf(row: JsonObject, plot: JsonObject, talk: JsonObject): ConversationCase {
  const datasets = objectAt(row, 'character_datasets') ?? {}
  const samples = objectAt(row, 'training_samples') ?? {}
  const datasetOf = (name: string) => {
    const held = own(datasets, name)
    return isObject(held) ? held : {}
  }
  const outward = new Map<string, string>()
  for (const name of Object.keys(datasets)) {
    for (const [other, text] of Object.entries(objectAt(datasetOf(name), 'other_character_profiles') ?? {})) {
      if (typeof text === 'string' && text.trim() !== '' && !outward.has(other)) outward.set(other, text.trim())
    }
  }
  const profiles = Object.keys(datasets).map((name) => {
    const dataset = datasetOf(name)
    const parts = ['character_profile', 'profile', 'background', 'experience'].map((field) => enriched(dataset, field))
    return [name, [...new Set(parts)].filter((text) => text !== '').join('\n\n')] as const
  })
  const keyCharacters = listAt(talk, 'key_characters').map((one): Json => {
    const name = isObject(one) ? textAt(one, 'name') : typeof one === 'string' ? one : ''
    const motivation = enriched(datasetOf(name), 'motivation') || (isObject(one) ? textAt(one, 'motivation') : '')
    return { name, motivation, description: enriched(datasetOf(name), 'description') }
  })
  const book = textAt(row, 'book_name') || textAt(row, 'book')
  const value: JsonObject = {
    ...(book && { book }),
    topic: textAt(talk, 'topic'),
    scenario: enriched(talk, 'scenario'),
    plot: {
      summary: textAt(plot, 'summary'),
      key_characters: listAt(plot, 'key_characters'),
    },
    key_characters: keyCharacters,
    character_profiles: Object.fromEntries(profiles),
    speaking_characters_w_env: listAt(talk, 'speaking_characters_w_env'),
    major_characters: listAt(talk, 'major_characters'),
    dialogues: linesOf(listAt(talk, 'dialogues').filter(isObject), samples),
  }
  return { value, outward }
}

function linesOf(dialogues: readonly JsonObject[], samples: JsonObject): Json[] {
  const planned = planningByLine(dialogues, samples)
  return dialogues.map((line, index): Json => {
    const planning = planned(line, index)
    const said = textIn(line)
    const message = planning === '' || said === '' ? said : `<system_thinking>${planning}</system_thinking>${said}`
    return { character: textAt(line, 'character'), message }
  })
}

/** What was said, thought and done, in HER's tags: as it was enriched, else as it was. */
function textIn(line: JsonObject): string {
  const tagged =
    textAt(line, 'enhanced_standard_format') || textAt(line, 'enhanced_speech') || textAt(line, 'standard_format')
  return tagged || writeReply(parseReply(textAt(line, 'message'), { dialect: 'coser' }).segments)
}

/**
 * What was planned for a line. A conversation's own `sys_thinking` can stand at the wrong turn: it was put there by
 * places, after neighbours of one speaker were joined. So where a character has a sample with its planning, that alone
 * is believed: by the ids its turns had before they were joined, else turn by turn where there are as many.
 */
function planningByLine(
  dialogues: readonly JsonObject[],
  samples: JsonObject,
): (line: JsonObject, index: number) => string {
  const known = new Map<string, (line: JsonObject, index: number) => string>()
  for (const name of Object.keys(samples)) {
    const answers = listAt(samples, name)
      .filter(isObject)
      .filter((one) => own(one, 'role') === 'assistant')
      .map((one) => ({
        ids: idsOf(one),
        planning:
          textAt(one, 'sys_thinking_revised') || textAt(one, 'sys_thinking_original') || textAt(one, 'sys_thinking'),
      }))
    if (!answers.some(({ planning }) => planning !== '')) continue
    const spoken = dialogues.filter((line) => textAt(line, 'character') === name)
    const hasIds = answers.every(({ ids }) => ids.length > 0) && spoken.every((line) => idsOf(line).length > 0)
    known.set(name, (line) => {
      if (!hasIds) return spoken.length === answers.length ? (answers[spoken.indexOf(line)]?.planning ?? '') : ''
      const ids = idsOf(line)
      return answers
        .filter((answer) => answer.ids[0] !== undefined && ids.includes(answer.ids[0]))
        .map(({ planning }) => planning)
        .filter((text) => text !== '')
        .join('\n\n')
    })
  }
  return (line, index) => known.get(textAt(line, 'character'))?.(line, index) ?? textAt(line, 'sys_thinking')
}

function idsOf(line: JsonObject): number[] {
  return listAt(line, 'origin_id').filter((id) => typeof id === 'number')
}

function enriched(value: JsonObject, field: string): string {
  return textAt(value, `${field}_enriched`) || textAt(value, field)
}

function objectAt(value: JsonObject, key: string): JsonObject | undefined {
  const held = own(value, key)
  return isObject(held) ? held : undefined
}

function listAt(value: JsonObject, key: string): readonly Json[] {
  const held = own(value, key)
  return isList(held) ? held : []
}

function textAt(value: JsonObject, key: string): string {
  const held = own(value, key)
  return typeof held === 'string' ? held.trim() : ''
}

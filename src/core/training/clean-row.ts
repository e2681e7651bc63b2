import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { parseReply } from '#core/her/parse.ts'
import type { Segment } from '#core/her/segment.ts'
import { writeReply } from '#core/her/write.ts'
import { disarm } from '#core/prompt/special-tokens.ts'
import { type Cast, environmentName, nameOf, outwardOf, spokenName } from '#core/scene/cast.ts'
import { withoutPlanning } from './check-row.ts'
import type { RowProvenance, TellProvenance } from './provenance.ts'
import type { ReplaceNames } from './replace-names.ts'
import { type Part, type Sample, sampleOf } from './sample.ts'

/** A turn of a conversation, as HER's data has it; turns of one speaker that follow each other are one. */
export interface CleanDialogue {
  readonly character: string
  /** In CoSER's marks, `[thinks] (does) says`; only where it reads as the same there. */
  readonly message?: string
  readonly origin_id: readonly number[]
  readonly standard_format: string
  readonly without_think: string
  readonly enhanced_standard_format: string
  readonly sys_thinking?: string
}

/** A message of a character's own sample: what was planned stands beside it. */
export interface CleanMessage {
  readonly role: 'system' | 'user' | 'assistant'
  readonly content: string
  readonly origin_id: readonly number[] | null
  readonly sys_thinking_revised?: string
}

/** A conversation with everything in it, every mind included. */
export interface CleanRow {
  readonly trace_id_book_chapter: string
  readonly book_name: string
  readonly chapter: string
  readonly key_characters: readonly {
    readonly name: string
    readonly description: string
    readonly experience: string
  }[]
  readonly conversation: readonly [
    {
      readonly scenario: string
      readonly topic: string
      readonly key_characters: readonly { readonly name: string; readonly motivation: string }[]
      readonly i_c: number
      readonly speaking_characters_w_env: readonly string[]
      readonly major_characters: readonly string[]
      readonly dialogues: readonly CleanDialogue[]
    },
  ]
  readonly character_datasets: Readonly<Record<string, object>>
  readonly training_samples: Readonly<Record<string, readonly CleanMessage[]>>
  readonly provenance: RowProvenance
}

export interface CleanInput {
  readonly traceId: string
  readonly title: string
  readonly path: readonly Turn[]
  readonly cast: Cast
  readonly parts: readonly Part[]
  readonly replace: ReplaceNames
  readonly from: { readonly chat: string; readonly branch: number; readonly tell: TellProvenance }
}

/**
 * A branch as one row of HER's `clean` kind. What the reader thought in what they wrote is theirs, and is in no row.
 */
export function cleanRow({ traceId, title, path, cast, parts, replace, from }: CleanInput): CleanRow {
  const told = (text: string) => replace(disarm(text))
  const dialogues = dialoguesOf(path, cast, told)
  const speakers = [...new Set(dialogues.map(({ character }) => character))]
  const scenario = told(cast.characters.find(({ card }) => card.scenario.trim() !== '')?.card.scenario ?? '')
  const book = told(cast.characters.find(({ card }) => card.her.book)?.card.her.book ?? '')
  const people = cast.characters.map(({ id, card, ...member }) => ({
    id,
    name: told(spokenName(card)),
    profile: told(card.description || card.personality),
    outward: told(outwardOf({ id, card, ...member })),
    motivation: told(card.her.motivation ?? ''),
  }))
  const major = people.filter(({ name }) => speakers.includes(name)).map(({ name }) => name)
  const datasets = people.map(({ id, name, profile, motivation }) => [
    name,
    {
      book_name: book,
      character: name,
      character_profile: profile,
      scenario,
      topic: title,
      motivation,
      other_character_profiles: Object.fromEntries(
        people.filter((other) => other.id !== id).map((other) => [other.name, other.outward]),
      ),
    },
  ])
  return {
    trace_id_book_chapter: traceId,
    book_name: book,
    chapter: title,
    key_characters: people.map(({ name, profile }) => ({ name, description: profile, experience: '' })),
    conversation: [
      {
        scenario,
        topic: title,
        key_characters: people.map(({ name, motivation }) => ({ name, motivation })),
        i_c: 0,
        speaking_characters_w_env: speakers,
        major_characters: major,
        dialogues,
      },
    ],
    character_datasets: Object.fromEntries(datasets) as Record<string, object>,
    training_samples: Object.fromEntries(
      parts.flatMap((part) => {
        const name = people.find(({ id }) => id === part.reader)?.name
        const last = part.runs.length - 1
        return name === undefined || last < 0 ? [] : [[name, messagesOf(part, sampleOf(part, last), told)] as const]
      }),
    ),
    provenance: {
      id: `${from.chat}/${told(path.at(-1)?.id ?? '')}`,
      chat: from.chat,
      branch: from.branch,
      turns: ownPlaces(parts).flatMap((place) => (path[place] ? [from.tell(path[place], place)] : [])),
    },
  }
}

/** Where in the branch somebody speaks whom a model plays. */
function ownPlaces(parts: readonly Part[]): number[] {
  return parts
    .flatMap(({ heard }) => heard.filter(({ isOwn }) => isOwn).map(({ place }) => place))
    .sort((one, other) => one - other)
}

function dialoguesOf(path: readonly Turn[], cast: Cast, told: (text: string) => string): CleanDialogue[] {
  const merged: { name: string; key: string; origin: number[]; texts: (readonly Segment[])[] }[] = []
  for (const [index, turn] of path.entries()) {
    const { speaker } = turn
    const all = readTurn(turn, cast).segments.filter(({ text }) => text.trim() !== '')
    const segments = speaker.kind === 'user' ? all.filter(({ layer }) => layer !== 'role_thinking') : all
    if (segments.length === 0) continue
    const name = nameOf(speaker, cast)
    const key = speaker.kind === 'character' ? `character ${speaker.characterId}` : `${speaker.kind} ${name}`
    const before = merged.at(-1)
    if (before?.key === key) {
      before.origin.push(index)
      before.texts.push(segments)
    } else
      merged.push({
        name: speaker.kind === 'environment' ? environmentName : name,
        key,
        origin: [index],
        texts: [segments],
      })
  }
  return merged.map(({ name, origin, texts }): CleanDialogue => {
    const written = (keep: (segment: Segment) => boolean) =>
      told(
        texts
          .map((segments) => writeReply(segments.filter(keep)))
          .filter((text) => text !== '')
          .join('\n\n'),
      )
    const standard = written(({ layer }) => layer !== 'system_thinking')
    const planning = told(
      texts
        .flat()
        .filter(({ layer }) => layer === 'system_thinking')
        .map(({ text }) => text)
        .join('\n\n'),
    )
    const message = inCoserMarks(standard)
    return {
      character: told(name),
      ...(message !== undefined && { message }),
      origin_id: origin,
      standard_format: standard,
      without_think: written(({ layer }) => layer === 'role_action' || layer === 'speech'),
      enhanced_standard_format: standard,
      ...(planning !== '' && { sys_thinking: planning }),
    }
  })
}

/** A turn in CoSER's marks; nothing where it would read as something else there. */
function inCoserMarks(text: string): string | undefined {
  const { segments } = parseReply(text)
  const marked = segments
    .map(({ layer, text: words }) =>
      layer === 'role_thinking' ? `[${words}]` : layer === 'role_action' ? `(${words})` : words,
    )
    .join(' ')
  const said = (all: readonly Segment[]) => JSON.stringify(all.map(({ layer, text: words }) => [layer, words.trim()]))
  return said(parseReply(marked, { dialect: 'coser' }).segments) === said(segments) ? marked : undefined
}

/** A character's sample of the whole branch, with the planning of each of its turns beside it. */
function messagesOf(part: Part, { messages, places }: Sample, told: (text: string) => string): CleanMessage[] {
  return messages.map(({ role, content }, index): CleanMessage => {
    const origin = index === 0 ? null : (places[index - 1] ?? [])
    if (role !== 'assistant' || !origin) return { role, content: told(content), origin_id: origin }
    const planning = origin.flatMap((place) => {
      const turn = part.path[place]
      return turn ? readTurn(turn, part.cast).segments.filter(({ layer }) => layer === 'system_thinking') : []
    })
    const planned = told(planning.map(({ text }) => text).join('\n\n'))
    const said = index === messages.length - 1 ? withoutPlanning(content) : content
    return {
      role,
      content: told(said),
      origin_id: origin,
      ...(planned.trim() !== '' && { sys_thinking_revised: planned }),
    }
  })
}

import { expandMacros } from '#core/cards/macros.ts'
import { writeReply } from '#core/her/write.ts'
import type { CharacterId } from '#core/ids.ts'
import { knowLore } from '#core/lorebook/known-lore.ts'
import { disarm } from '#core/prompt/special-tokens.ts'
import { type CastMember, memberOf, outwardOf, spokenName } from '#core/scene/cast.ts'
import { type HeardTurn, hear, hearInCommon } from '#core/scene/hearing.ts'
import { macrosOf } from '#core/scene/scene-macros.ts'
import { clip } from './backward-prompt.ts'
import { settingFields, settingOf } from './character-setting.ts'
import type { EnhanceStory } from './part.ts'
import type { TeacherRequest } from './teacher-request.ts'

const sourceLength = 24_000
const mostLines = 120

/**
 * Asks what one character's setting lacks of what its dialogue shows (HER's stage 4), or, with nobody named, what the
 * scenario lacks. The authors ask once for all, out of the book's page; a chat has no such page, so the source is what
 * the character may know of: its card, its lore and what was narrated. For the scenario it is what all of them know.
 */
export function askSetting(story: EnhanceStory, reader: CharacterId | undefined): TeacherRequest {
  const { cast, path, id, title } = story
  const member = reader === undefined ? undefined : memberOf(reader, cast)
  const heard = member ? hear(path, member.id, cast) : heardByAll(story)
  const setting = member && settingOf(member)
  const scenario = story.scenario ?? (member ?? cast.characters[0])?.card.scenario ?? ''
  const source = clip(member ? sourceFor(story, member, heard) : narration(heard), sourceLength)
  const input = {
    trace_id: id,
    i_c: 0,
    book_name: member?.card.her.book ?? title,
    original_text: source,
    scenario,
    scenario_chars: scenario.length,
    total_characters: member ? 1 : 0,
    dialogues: heard
      .filter(({ segments }) => segments.length > 0)
      .slice(-mostLines)
      .map(({ place, name, segments }) => ({ turn_index: place, character: name, response: writeReply(segments) })),
    characters:
      member && setting
        ? {
            [spokenName(member.card)]: {
              character_index: 0,
              ...setting,
              ...Object.fromEntries(settingFields.map((field) => [`${field}_chars`, setting[field].length])),
            },
          }
        : {},
  }
  return {
    messages: [
      { role: 'system', content: 'You are a helpful assistant. You answer with valid JSON and nothing else.' },
      { role: 'user', content: disarm(`${task}\n\n${JSON.stringify(input, null, 1)}`) },
    ],
    temperature: 0.7,
    topP: 0.9,
    maxTokens: 8192,
  }
}

/** Its card, its lore, what was narrated to it, and what the others look like to it. */
function sourceFor({ cast, path, books = [] }: EnhanceStory, member: CastMember, heard: readonly HeardTurn[]): string {
  const [first] = path
  const circumstances = first
    ? { chance: { chat: first.conversationId, reply: first.id }, now: { at: first.createdAt } }
    : {}
  const expand = (text: string) => expandMacros(text, macrosOf(member, cast, circumstances)).trim()
  const lore = knowLore(books, member.id, cast)
    .entries.filter(({ entry }) => entry.isEnabled)
    .map(({ entry }) => expand(entry.content))
  const others = cast.characters
    .filter(({ id }) => id !== member.id)
    .map((other) => `${spokenName(other.card)}: ${outwardOf(other)}`)
  const { card } = member
  return [
    expand(card.description),
    expand(card.personality),
    expand(card.scenario),
    ...lore,
    ...others,
    narration(heard),
  ]
    .filter((text) => text !== '')
    .join('\n\n')
}

function narration(heard: readonly HeardTurn[]): string {
  return heard
    .filter(({ speaker }) => speaker.kind === 'environment')
    .map(({ segments }) => segments.map(({ text }) => text).join(' '))
    .join('\n')
}

function heardByAll({ cast, path }: EnhanceStory): HeardTurn[] {
  const heard = hearInCommon(
    path,
    cast.characters.map(({ id }) => id),
    cast,
  )
  return Array.from({ length: heard.length }, (_, index) => heard.at(index)).filter((turn) => turn !== undefined)
}

const task = `Complete the setting of a role-play dialogue. The setting is what was so before the first line of the dialogue. Look for what the dialogue shows of a character (a trait, a skill, a habit, a bond, a wish, a place) and the setting does not say. Where original_text says it, add it to the field where it belongs. Where it does not, add nothing: a short setting is no mistake. Keep every word that is there, and add behind it. Never add what happens in the dialogue itself.

For each field you change, the reasoning says: DIALOGUE shows …; SETTING misses …; TEXT source "…" (quoted); ADDED …. For a field you leave as it is: "No enhancement needed". The scenario has the same rules, and holds nothing that one person alone knows.

Answer with this JSON, the fields whole as they read now (with no characters in the input, "characters" is empty):
{"trace_id": "", "i_c": 0, "total_characters": 0, "scenario_enriched": "", "scenario_reasoning": "",
 "characters": {"NAME": {"character_index": 0, "character_profile_enriched": "", "background_enriched": "", "motivation_enriched": "", "description_enriched": "", "experience_enriched": "", "reasoning": ""}}}`

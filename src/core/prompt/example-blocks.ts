import { readExampleDialogue } from '#core/cards/example-dialogue.ts'
import { expandMacros } from '#core/cards/macros.ts'
import { parseReply } from '#core/her/parse.ts'
import { writeReply } from '#core/her/write.ts'
import { type Cast, type CastMember, namesOf, spokenName, userName } from '#core/scene/cast.ts'
import { knownSegments } from '#core/scene/hearing.ts'
import { macrosOf } from '#core/scene/scene-macros.ts'
import type { PromptMacros } from './prompt-macros.ts'

/**
 * A card's example chats in HER's wire form, one text each, oldest first. What holds for the story holds here: no
 * planning, and thoughts only of the character itself.
 */
export function exampleBlocks(member: CastMember, cast: Cast, macros: PromptMacros): string[] {
  const { card } = member
  if (card.exampleDialogue.trim() === '') return []
  const character = spokenName(card)
  const user = userName(cast)
  const names = { character: namesOf(card), user: [user] }
  const values = macrosOf(member, cast, macros)
  const heads = { character: `${character}: `, user: `${user}: `, note: '' }
  return readExampleDialogue(card.exampleDialogue, names)
    .map((block) =>
      block
        .map((line) => {
          const text = expandMacros(line.text, values)
          const reply = parseReply(text, { dialect: 'markdown' })
          const known = knownSegments(reply.segments, line.speaker === 'character')
          return known.length > 0 ? heads[line.speaker] + writeReply(known) : ''
        })
        .filter((line) => line !== '')
        .join('\n\n'),
    )
    .filter((block) => block !== '')
}

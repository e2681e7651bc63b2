import type { CardDocument } from './card.ts'
import { givenName, viewCard } from './view-card.ts'

/** A name of up to four words, small ones like "of" and "von" among them. */
const name =
  /^\p{Lu}[\p{L}\p{M}’'.-]{0,30}(?:[ \t](?:(?:of|the|de|da|di|la|van|von|der)(?!\p{L})|\p{Lu}[\p{L}\p{M}’'.-]{0,30})){0,3}/u
/** What a name is followed by where a text begins with whom it is about. */
const tells = /^(?:,|[ \t](?:is|was|has|keeps|lives|works|sees|thinks|wants|\()|[ \t]?[—–(:])/u
/** What a sentence may begin with that is no name. */
const noName = /^(?:An?|The|He|She|It|They|This|That|There|Once|In|On|At|When|After|Before|Her|His|Their|My|You|We|I)\b/

/**
 * What a card without a name might be called: whom its description begins with, or who speaks first in its example
 * dialogue. Nothing where it has a name, or nobody can be made out.
 */
export function proposeName(document: CardDocument): string | undefined {
  if (givenName(document) !== '') return undefined
  const { description, exampleDialogue } = viewCard(document)
  const text = description.trimStart()
  const found = name.exec(text)?.[0]
  if (found && !noName.test(found) && tells.test(text.slice(found.length))) return tidy(found)
  const speakers = [...exampleDialogue.matchAll(/^[ \t]*(\p{Lu}[^:\n{}<>*"]{0,40}):/gmu)]
  const speaker = speakers[0]?.[1]
  return speaker && tidy(speaker)
}

function tidy(found: string): string | undefined {
  return found.replace(/[.\s]+$/, '') || undefined
}

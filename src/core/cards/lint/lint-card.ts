import type { CardDocument } from '../card.ts'
import type { Advice } from './advice.ts'
import { bookRules, type CardRule, duplicates, missing, permanentLength, sameGreetings } from './card-rules.ts'
import { type LintedCard, readLinted } from './card-texts.ts'
import { addresses, descriptionLength, exampleNames, exampleStart, images, listForm } from './form-rules.ts'
import { greetingLength, userActsInGreeting, userLineInGreeting } from './greeting-rules.ts'
import { mixedMarks, oddAsterisks, toldThoughts } from './layer-rules.ts'
import { brokenNames, unbalancedBraces, unknownMacros } from './macro-rules.ts'
import { instructionsInProfile, nameForChar, placeholders, userWithoutMacro, youForUser } from './naming-rules.ts'
import type { TextRule } from './text-rule.ts'

const cardRules: readonly CardRule[] = [missing, permanentLength, duplicates, sameGreetings, bookRules]

const textRules: readonly TextRule[] = [
  userLineInGreeting,
  userActsInGreeting,
  greetingLength,
  descriptionLength,
  placeholders,
  brokenNames,
  unbalancedBraces,
  unknownMacros,
  mixedMarks,
  oddAsterisks,
  toldThoughts,
  instructionsInProfile,
  youForUser,
  userWithoutMacro,
  nameForChar,
  listForm,
  images,
  addresses,
  exampleNames,
  exampleStart,
]

/** What most models that run at home are started with. */
const typicalWindow = 8192

/**
 * What an author may want to know about a card that is to be played by a HER model: what will not work, what replies
 * will be the worse for, and why. Never throws, whatever the tree; its time grows with the text.
 * @param contextTokens the window of the model, where it is known.
 */
export function lintCard(document: CardDocument, contextTokens = typicalWindow): readonly Advice[] {
  const card = readLinted(document, contextTokens)
  return [...cardRules.flatMap((rule) => rule(card)), ...lintTexts(card)]
}

function lintTexts(card: LintedCard): readonly Advice[] {
  return card.texts.flatMap((place) =>
    textRules.flatMap(({ name, kinds, check }) => {
      const finding = kinds.includes(place.kind) ? check(place.text, card, place) : undefined
      if (!finding) return []
      const { fix, ...found } = finding
      const advice: Advice = { id: `${name}:${place.path.join('.')}`, path: place.path, ...found }
      if (!fix) return [advice]
      return [{ ...advice, fix: { label: fix.label, before: place.text, after: fix.text, value: fix.text } }]
    }),
  )
}

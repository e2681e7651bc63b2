/**
 * Whether `text`, found untagged before the first inner thought, is planning and not speech. Careful on purpose: speech
 * that is taken for planning disappears from the page. Planning never addresses anybody ("you"), and either
 * - says that a role is to be portrayed ("I need to portray Anna as calm", "the best way to play this role"), or
 * - speaks about the speaker by name in the third person, says what they should do, and never says "I".
 * `names` are the speaker's name and aliases.
 */
export function isPlanningVoice(text: string, names: readonly string[]): boolean {
  if (/\b(?:you|your|yours|yourself)\b|[你您]/i.test(text)) return false
  return portrays.test(text) || (!/\b(?:I|my|me|mine|myself)\b/.test(text) && plansFor(text, names))
}

const portrays =
  /\b(?:to|should|must|will|'ll|am|is|are|by|of|for|when|while|in) (?:best |convincingly |faithfully )?(?:portray(?:ing)?|role-?play(?:ing)?|depict(?:ing)?|play(?:ing)? (?:the|this) (?:role|part|character))\b|扮演|刻画|塑造|演绎/i

const intends = /\b(?:should|needs to|must|has to|ought to|would|will) [a-z]+|应该|应当|需要/

function plansFor(text: string, names: readonly string[]): boolean {
  return names.some((name) => {
    const forms = [name.trim(), ...name.trim().split(/\s+/)].filter((form) => form.length > 1)
    return forms.some((form) => {
      const at = indexOfWord(text, form)
      return at >= 0 && intends.test(text.slice(at))
    })
  })
}

/** Where `word` stands in `text` as a word of its own. */
function indexOfWord(text: string, word: string): number {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    const isOwnWord = !isLetter(text.charAt(at - 1)) && !isLetter(text.charAt(at + word.length))
    if (isOwnWord) return at
  }
  return -1
}

function isLetter(character: string): boolean {
  // Chinese and Japanese put no blanks around a name.
  return /[\p{L}\p{N}]/u.test(character) && !/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(character)
}

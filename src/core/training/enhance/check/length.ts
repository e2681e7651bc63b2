import { t } from '#lib/translate.ts'
import { planTypeOf } from '../plan-type.ts'
import { type EnhancedText, type Finding, placeOf, sentencesOf } from './finding.ts'

/** HER asks for turns of 50 to 200 characters and sentences of 40 at most; twice as much is still no mistake. */
const mostAdded = 400
const longestSentence = 160
const longestSentenceHan = 80

/** The lengths HER's stages ask for: told, and not held against a turn. */
export function checkLength({
  name,
  original,
  segments,
  hasNewThoughts,
  hasNewPlan,
  draft = '',
}: EnhancedText): Finding[] {
  const findings: Finding[] = []
  if (hasNewThoughts) {
    const size = (parts: EnhancedText['segments']) =>
      parts.reduce((sum, { layer, text }) => (layer === 'system_thinking' ? sum : sum + text.length), 0)
    const added = size(segments) - size(original)
    if (added > mostAdded) {
      findings.push({
        check: 'length',
        weight: 'remark',
        sentence: t('The turn grew by {added, number} characters.', { added }),
      })
    }
    for (const [index, { layer, text }] of segments.entries()) {
      if (layer !== 'role_thinking') continue
      const long = sentencesOf(text).find(
        (sentence) => sentence.length > (/\p{Script=Han}/u.test(sentence) ? longestSentenceHan : longestSentence),
      )
      if (long === undefined) continue
      findings.push({
        check: 'length',
        weight: 'remark',
        sentence: t('A sentence of a thought has {length, number} characters.', { length: long.length }),
        place: placeOf(segments, index, long),
      })
    }
  }
  const planAt = segments.findIndex(({ layer }) => layer === 'system_thinking')
  const plan = segments[planAt]?.text ?? ''
  if (!hasNewPlan || plan === '') return findings
  const isKept = planTypeOf(draft, name) === 'A'
  const [least, most] = isKept ? [draft.length * 0.9, draft.length * 1.1] : [800, 1500]
  // A Chinese plan of as many words has half as many characters.
  const factor = /\p{Script=Han}/u.test(plan) && !isKept ? 0.4 : 1
  if (plan.length < least * factor || plan.length > most) {
    findings.push({
      check: 'length',
      weight: 'remark',
      sentence: t('The planning has {length, number} characters; {least, number} to {most, number} were asked for.', {
        length: plan.length,
        least: Math.round(least * factor),
        most: Math.round(most),
      }),
      place: placeOf(segments, planAt, plan),
    })
  }
  return findings
}

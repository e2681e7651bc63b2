import { t } from '#lib/translate.ts'
import { mentionsUser, voiceOf } from '../plan-type.ts'
import { type EnhancedText, type Finding, placeOf, sentencesOf } from './finding.ts'

const firstPerson =
  /\b(?:I|I['’](?:m|ve|d|ll)|me|my|mine|myself|we|us|our|ours)\b|[我咱俺]|本[王宫官座]|朕|在下|老夫|奴家/
const ownPronoun = /\b(?:I|I['’](?:m|ve|d|ll)|my|myself)\b|我/

/** Whose voice each part is in: thoughts are the character's own, actions name no self, planning stands outside. */
export function checkVoice({ name, segments, hasNewThoughts, hasNewPlan }: EnhancedText): Finding[] {
  return segments.flatMap(({ layer, text }, index): Finding[] => {
    const find = (weight: Finding['weight'], sentence: string, words: string): Finding => ({
      check: 'voice',
      weight,
      sentence,
      place: placeOf(segments, index, words),
    })
    if (layer === 'role_thinking' && hasNewThoughts) {
      const outside = sentencesOf(text).find((sentence) => speaksOf(name, sentence))
      return outside !== undefined && !firstPerson.test(outside)
        ? [
            find(
              'wrong',
              t('A thought speaks of {name} from outside; it has to be {name}’s own, in the first person.', { name }),
              outside,
            ),
          ]
        : []
    }
    if (layer === 'role_action' && hasNewThoughts) {
      const own = ownPronoun.exec(text)
      return own ? [find('remark', t('An action names its own actor (“{words}”).', { words: own[0] }), text)] : []
    }
    if (layer !== 'system_thinking' || !hasNewPlan) return []
    if (mentionsUser(text)) {
      const sentence = sentencesOf(text).find(mentionsUser) ?? text
      return [find('wrong', t('The planning speaks of “the user”.'), sentence)]
    }
    return voiceOf(text, name) === 'inside'
      ? [
          find(
            'wrong',
            t('The planning is in the voice of {name}; it has to look at {name} from outside.', { name }),
            text,
          ),
        ]
      : []
  })
}

/** True where a sentence says something of its own thinker by name: "Anna wonders". Being called by name is no such thing. */
function speaksOf(name: string, sentence: string): boolean {
  if (/["“「『]/.test(sentence)) return false
  const at = sentence.indexOf(name)
  if (at < 0) return false
  const after = sentence.slice(at + name.length)
  return at < 12 && /^(?:['’]s)?\s+[a-z]|^[\p{Script=Han}]/u.test(after)
}

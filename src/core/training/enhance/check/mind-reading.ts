import { escapePattern } from '#lib/escape-pattern.ts'
import { t } from '#lib/translate.ts'
import { type EnhancedText, type Finding, placeOf, sentencesOf } from './finding.ts'

const state =
  '(?:secretly |really |truly |deeply |only |just |already |clearly |obviously )?(?:feels?|felt|thinks?|thought|believes?|believed|knows?|knew|wants?|wanted|hopes?|hoped|fears?|feared|wishes|wished|regrets?|regretted|remembers?|remembered|intends?|intended|plans|planned|loves?|loved|hates?|hated|(?:is|was|are|were) (?:secretly |really |truly |deeply )?(?:afraid|angry|ashamed|jealous|sad|happy|lonely|guilty|hurt|relieved|worried|terrified|in love|furious|bitter|grateful|envious|desperate))\\b'
const stateHan =
  '(?:其实|心里|内心|暗自|暗暗)?(?:觉得|感到|认为|想要|希望|害怕|后悔|知道|明白|爱着?|恨着?|嫉妒|愧疚|打算|计划着?)'
/** A sign that can be seen, or a guess that says it is one. */
const sign =
  /\b(?:seems?|seemed|looks?|looked|sounds?|sounded|appears?|must|might|may|perhaps|maybe|probably|surely|likely|as if|as though|i think|i suppose|i guess|i wonder|i suspect|i doubt|could|would|if|said|says|told|tells|asked|admits?|admitted|eyes?|voice|face|hands?|smil\w+|frown\w*|trembl\w+|blush\w*|tears?|tone|gaze|brow|lips|mouth|breath\w*|shoulders?|fingers?|flinch\w*|sigh\w*)\b|[?？]/i
const signHan =
  /似乎|好像|仿佛|看来|看起来|看样子|大概|也许|或许|可能|恐怕|想必|一定是|莫非|难道|是不是|吗|呢|说|问|眼|脸|声音|语气|手|笑|皱眉|泪|颤|神情|表情|目光/

/**
 * Statements of what goes on inside of others, with no sign that it could be seen by and no word that it is a guess.
 * A check of words, not of sense: it points at sentences to look at.
 */
export function checkMindReading({ others, segments, hasNewThoughts, hasNewPlan, name }: EnhancedText): Finding[] {
  const names = others
    .filter((other) => other !== name && other !== 'Environment' && other.length > 1)
    .map(escapePattern)
  const english = new RegExp(`\\b(?:${[...names, 'he', 'she', 'they'].join('|')}) ${state}`, 'i')
  const named = new RegExp(`\\b(?:${names.join('|') || '(?!)'}) ${state}`)
  const chinese = new RegExp(`(?:${[...names, '他们?', '她们?'].join('|')})${stateHan}`)
  return segments.flatMap(({ layer, text }, index): Finding[] => {
    const isThought = layer === 'role_thinking' && hasNewThoughts
    // In planning "she feels" is said of the character itself: only names tell of others.
    const isPlan = layer === 'system_thinking' && hasNewPlan
    if (!isThought && !isPlan) return []
    const found = sentencesOf(text).find((sentence) =>
      /\p{Script=Han}/u.test(sentence)
        ? chinese.test(sentence) &&
          (isThought || names.some((other) => sentence.includes(other))) &&
          !signHan.test(sentence)
        : (isThought ? english : named).test(sentence) && !sign.test(sentence),
    )
    if (found === undefined) return []
    return [
      {
        check: 'mind-reading',
        weight: isThought ? 'wrong' : 'remark',
        sentence: t('It says what goes on inside somebody else, without a sign of it: “{words}”', {
          words: found.slice(0, 120),
        }),
        place: placeOf(segments, index, found),
      },
    ]
  })
}

import type { Intent } from './scene.ts'

/**
 * Asked whether they talk to a person or a machine, a reader is owed the truth, so this is tested before all else and
 * errs on the side of being asked.
 */
const asksForTruth = [
  /\b(are|aren'?t) (you|u)\b[^.!?]*\b(real|human|an? (real )?person|alive|ai|a\.i\.|bot|chat ?bot|robot|machine|computer|program|model|llm|gpt|script(ed)?|fake|fictional|pre-?written)\b/,
  /\byou'?re\b[^.!?]*\b(an? )?(ai|a\.i\.|bot|chat ?bot|robot|llm|script(ed)?|language model|computer program)\b/,
  /\b(am i|is this|i'?m) (talking|speaking|chatting|writing)?\b[^.!?]*\b(to )?(an? )?(ai|a\.i\.|bot|chat ?bot|robot|llm|machine|script(ed)?|language model|real person|human)\b/,
  /\b(which|what) (\w+ )?(ai|llm|language model|model)\b/,
  /\b(chatgpt|openai|language model|large language|system prompt)\b/,
]

/** Tried in order; the first that fits is taken. */
const signs: readonly (readonly [Intent, RegExp])[] = [
  ['goodbye', /\b(good-?bye|bye|farewell|good ?night|see you (soon|later|tomorrow)|so long|take my leave)\b/],
  [
    'goodbye',
    /\b(i|we) (must|should|have to|need to|'?ll|will|'d better|had better) (now )?(go|leave|be going|be off)\b/,
  ],
  [
    'provocation',
    /\b(liar|lying|you lie|fool|foolish|stupid|idiot|coward|pathetic|arrogant|hypocrite|monster|murderer)\b/,
  ],
  [
    'provocation',
    /\b(nonsense|ridiculous|rubbish|shut up|hate you|mad(man)?|insane|crazy|prove it|you'?re wrong|you are wrong)\b/,
  ],
  ['provocation', /\b(don'?t|do not) (believe|trust) (you|a word)\b|\bhow dare\b|\byou can'?t\b|\byou cannot\b/],
  [
    'compliment',
    /\b(thank you|thanks|beautiful|handsome|lovely|brilliant|clever|wonderful|magnificent|charming|gorgeous)\b/,
  ],
  [
    'compliment',
    /\b(admire|impress(ed|ive)|i like (you|your)|you'?re (so )?(kind|good|brave|wise)|you are (so )?(kind|good|brave|wise))\b/,
  ],
  [
    'feelings',
    /\b(i|i'm|i am|you|do|are)\b[^.!?]*\b(feel|feeling|love|loved|afraid|scared|sad|lonely|alone|happy|unhappy|sorry)\b/,
  ],
  [
    'feelings',
    /\b(heart|grief|tears|cry(ing)?|weep(ing)?|miss (him|her|them|you|it)|ashamed|hopeless|tired of|heartbroken)\b/,
  ],
]

const greets = /^\W*(hello|hi|hey|greetings|well met|welcome|howdy|good (day|morning|evening|afternoon))\b/
const howIsIt = /^\W*how (do you do|are you|goes it)\b/
const asks =
  /\?|^\W*(who|what|where|when|why|how|which|tell me|do|does|did|is|are|was|were|have|has|can|could|will|would)\b/
const asksOfOthers =
  /\b(was|were|did|used to|before|ago|past|happened|remember|ever|he|him|his|she|her|they|them|their|father|mother|brother|sister|husband|wife|friends?|family|others?|people|who else|about (the|your|[A-Z]))\b/
const ofYou = /\b(you|your|yours|yourself|thou|thee)\b/

/** Long lines that happen to begin with a hello are about something else. */
const mostWordsOfGreeting = 9

/**
 * Reads what a line is after. `words` is what was said aloud, `acts` whether something was done. Only English signs
 * are known; anything else is `fallback`, which suits every line.
 */
export function intentOf(words: string, acts: boolean): Intent | 'honesty' {
  const line = words.toLowerCase().replaceAll('’', "'").trim()
  if (!/[\p{L}\p{N}]/u.test(line)) return acts || line !== '' ? 'action' : 'fallback'
  if (asksForTruth.some((sign) => sign.test(line))) return 'honesty'
  if ((greets.test(line) || howIsIt.test(line)) && line.split(/\s+/).length <= mostWordsOfGreeting) return 'greeting'
  for (const [intent, sign] of signs) if (sign.test(line)) return intent
  if (!asks.test(line)) return 'fallback'
  if (asksOfOthers.test(line)) return 'other'
  return ofYou.test(line) ? 'self' : 'fallback'
}

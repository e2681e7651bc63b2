import { estimateTokens } from '#core/prompt/estimate.ts'
import { t } from '#lib/translate.ts'
import { blankOut, fixTo, rangeOf, type TextRule } from './text-rule.ts'

const userMark = '(?:\\{\\{\\s{0,4}user\\s{0,4}\\}\\}|<user>)'
const userLine = new RegExp(`^[ \\t]{0,8}${userMark}[ \\t]{0,4}[:：].*(?:\\r\\n|[\\r\\n]|$)`, 'gim')

const thirdPerson =
  'says|said|asks|asked|replies|replied|answers|answered|nods|nodded|smiles|smiled|thinks|thought|feels|felt|decides|decided|wonders|wondered|agrees|agreed|sighs|sighed|laughs|laughed|blushes|blushed|whispers|whispered|shouts|shouted|walks|walked|steps|stepped|takes|took|opens|opened|shrugs|shrugged'
const secondPerson =
  'say|said|ask|asked|reply|replied|answer|answered|nod|nodded|smile|smiled|think|thought|decide|decided|wonder|wondered|agree|agreed|sigh|sighed|laugh|laughed|blush|blushed|whisper|whispered|shout|shouted|walk|walked|step|stepped|shrug|shrugged'
const startOfSentence = '(?:^|[.!?*_”"\\n])\\s{0,3}'
const userActs = new RegExp(`${startOfSentence}${userMark} (?:[a-z]{2,20}ly )?(?:${thirdPerson})\\b`, 'gi')
const youAct = new RegExp(`${startOfSentence}You (?:[a-z]{2,20}ly )?(?:${secondPerson})\\b`, 'g')

const quoted = /"[^"\n]*"|“[^“”\n]*”|„[^„“”\n]*[“”]|«[^«»\n]*»|「[^「」\n]*」/g
const starred = /\*[^*\n]+\*/g

/** Most tokens of a greeting, at about twice the length of the replies HER was trained on. */
const longGreeting = 700
const shortGreeting = 12

/** A line of the greeting is the reader's. */
export const userLineInGreeting: TextRule = {
  name: 'speaks-for-user',
  kinds: ['greeting'],
  check: (text) => {
    const lines = [...text.matchAll(userLine)]
    const [first] = lines
    if (!first) return undefined
    return {
      severity: 'problem',
      sentence: t(
        'This greeting has lines of {user}{count, plural, one {} other { (# times)}}. It is the first turn the model sees of itself: where it speaks for {user} there, it will go on to, and each reply that does is cut off at that line.',
        { user: '{{user}}', count: lines.length },
      ),
      range: rangeOf(first),
      ...fixTo(t('Take these lines out'), text, text.replace(userLine, '').trimEnd()),
    }
  },
}

/** The greeting tells what the reader does, says or feels. */
export const userActsInGreeting: TextRule = {
  name: 'acts-for-user',
  kinds: ['greeting'],
  check: (text) => {
    const narration = narrationOf(text)
    const found = userActs.exec(narration ?? text) ?? (narration === undefined ? null : youAct.exec(narration))
    userActs.lastIndex = 0
    youAct.lastIndex = 0
    if (!found) return undefined
    return {
      severity: 'advice',
      sentence: t(
        'This greeting tells what {user} does, says or feels. A HER reply is one turn of one character: leave {user}’s part to the reader, and put how they come into the scene into the scenario.',
        { user: '{{user}}' },
      ),
      range: rangeOf(found),
    }
  },
}

/** What of a text is told and not said, the rest blanked; undefined where it has no marks to know by. */
function narrationOf(text: string): string | undefined {
  if (/["“”„«»「」]/.test(text)) return blankOut(text, quoted)
  if (!text.includes('*')) return undefined
  return keepOnly(text, starred)
}

function keepOnly(text: string, pattern: RegExp): string {
  let kept = ''
  for (const match of text.matchAll(pattern)) kept += ' '.repeat(match.index - kept.length) + match[0]
  return kept
}

export const greetingLength: TextRule = {
  name: 'greeting-length',
  kinds: ['greeting'],
  check: (text) => {
    const tokens = estimateTokens(text)
    if (tokens > longGreeting) {
      return {
        severity: 'advice',
        sentence: t(
          'This greeting takes about {tokens} tokens. Replies take their length from it, HER was trained on about 200 words, and it stays in the window: put background into the scenario or the lorebook.',
          { tokens },
        ),
      }
    }
    if (tokens >= shortGreeting) return undefined
    return {
      severity: 'note',
      sentence: t(
        'This greeting is very short. It is the model’s first sample of the voice: an action, a line and a reason to answer teach it more than any adjective.',
      ),
    }
  },
}

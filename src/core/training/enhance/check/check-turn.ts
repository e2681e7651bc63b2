import type { EnhancedText, Finding } from './finding.ts'
import { checkLength } from './length.ts'
import { checkMindReading } from './mind-reading.ts'
import { checkOrder } from './order.ts'
import { checkRepetition } from './repetition.ts'
import { checkSpeechKept } from './speech-kept.ts'
import { checkVoice } from './voice.ts'

/** All that is to be said of an enhanced turn, what is wrong first. */
export function checkTurn(text: EnhancedText): Finding[] {
  const findings = [checkSpeechKept, checkOrder, checkVoice, checkMindReading, checkRepetition, checkLength].flatMap(
    (check) => check(text),
  )
  return findings.toSorted((one, other) => Number(other.weight === 'wrong') - Number(one.weight === 'wrong'))
}

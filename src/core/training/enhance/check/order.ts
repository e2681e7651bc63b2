import { parseReply } from '#core/her/parse.ts'
import { writeReply } from '#core/her/write.ts'
import { t } from '#lib/translate.ts'
import { type EnhancedText, type Finding, placeOf } from './finding.ts'

const tag = /<\s*(\/?)\s*(role_(?:thinking|action)|system_thinking)\s*>/gi

/** Tags as a teacher wrote them, and the turn as it will be written: planning once and first, nothing inside of another. */
export function checkOrder({ written, segments, name }: EnhancedText): Finding[] {
  const findings: Finding[] = []
  const find = (sentence: string) => findings.push({ check: 'order', weight: 'wrong', sentence })
  const mistake = written === undefined ? undefined : mistakeIn(written)
  if (mistake === 'nested') find(t('The teacher put one tag inside of another.'))
  if (mistake === 'open') find(t('The teacher left a tag open, or closed one that was not.'))
  const planAt = segments.findLastIndex(({ layer }) => layer === 'system_thinking')
  if (planAt > 0) {
    findings.push({
      check: 'order',
      weight: 'wrong',
      sentence: t('Planning stands once, and before everything else.'),
      place: placeOf(segments, planAt, segments[planAt]?.text ?? ''),
    })
  }
  const again = parseReply(writeReply(segments), { speaker: name }).segments
  const isSame =
    again.length === segments.length &&
    again.every(({ layer, text }, index) => layer === segments[index]?.layer && text === segments[index]?.text)
  if (!isSame && planAt <= 0) find(t('Written down and read again, the turn would not be the same.'))
  return findings
}

function mistakeIn(written: string): 'nested' | 'open' | undefined {
  let open: string | undefined
  for (const [, slash, name] of written.matchAll(tag)) {
    const layer = name?.toLowerCase()
    if (slash === '') {
      if (open !== undefined) return 'nested'
      open = layer
    } else {
      if (open !== layer) return 'open'
      open = undefined
    }
  }
  return open === undefined ? undefined : 'open'
}

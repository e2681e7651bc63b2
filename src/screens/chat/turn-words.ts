import type { Seals } from '#core/conversation/conversation.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import { withoutSealed } from '#core/conversation/seals.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Layer } from '#core/her/segment.ts'
import type { Cast } from '#core/scene/cast.ts'
import { t } from '#lib/translate.ts'

/** What tells a turn apart at a glance: its speech, else what is done in it, else what is thought. */
const order: readonly Layer[] = ['speech', 'role_action', 'role_thinking', 'system_thinking']

/** The words a turn is known by, on one line. */
export function wordsOf(turn: Turn, cast: Cast, seals: Seals | undefined): string {
  const segments = withoutSealed(seals, turn.id, readTurn(turn, cast).segments)
  for (const layer of order) {
    const words = segments
      .filter((segment) => segment.layer === layer)
      .map((segment) => segment.text)
      .join(' ')
      .replace(/\s+/g, ' ')
      .trim()
    if (words !== '') return words
  }
  return t('No words')
}

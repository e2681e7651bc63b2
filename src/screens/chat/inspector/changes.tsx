import { listOf, t } from '#lib/translate.ts'
import type { Preview } from '#state/previews.ts'
import type { Measured } from './measure.ts'

interface Props {
  readonly measured: Measured
  readonly before: Preview['before']
}

/** What is different from the prompt before, and how much of it a server with a cache has to read again. */
export function Changes({ measured, before }: Props) {
  const { changes, rereadTokens = 0 } = measured
  if (!changes || !before) return null
  const count = (wanted: string) => changes.states.filter((state) => state === wanted).length
  const facts = [
    t('{messages, plural, one {one message new} other {# messages new}}', { messages: count('new') }),
    t('{messages, plural, one {one message changed} other {# messages changed}}', { messages: count('changed') }),
    t('{messages, plural, one {one message gone} other {# messages gone}}', { messages: changes.gone.length }),
  ].filter((_, index) => [count('new'), count('changed'), changes.gone.length][index] !== 0)
  const changed = facts.length === 0 ? t('nothing changed') : listOf(facts)
  const first = changes.firstChange?.message ?? changes.states.findIndex((state) => state !== 'same')
  return (
    <section aria-label={t('What changed')} className="text-sm">
      <p>
        {before.wasSent
          ? t('Since the last request: {facts}.', { facts: changed })
          : t('Since the reply before, as it would be asked for now: {facts}.', { facts: changed })}
      </p>
      <p className="text-soft">
        {first < 0
          ? t('A server that keeps what it has read reads nothing again.')
          : t(
              'A server that keeps what it has read reads on from message {first, number}: about {rereadTokens, number} tokens.',
              { first: first + 1, rereadTokens },
            )}
      </p>
    </section>
  )
}

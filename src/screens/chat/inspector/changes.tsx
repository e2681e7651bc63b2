import { formatNumber } from '#lib/translate.ts'
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
    inWords(count('new'), 'new'),
    inWords(count('changed'), 'changed'),
    inWords(changes.gone.length, 'gone'),
  ].filter((fact) => fact !== undefined)
  const first = changes.firstChange?.message ?? changes.states.findIndex((state) => state !== 'same')
  return (
    <section aria-label="What changed" className="text-sm">
      <p>
        {before.wasSent ? 'Since the last request' : 'Since the reply before, as it would be asked for now'}:{' '}
        {facts.length === 0 ? 'nothing changed' : facts.join(', ')}.
      </p>
      <p className="text-soft">
        {first < 0
          ? 'A server that keeps what it has read reads nothing again.'
          : `A server that keeps what it has read reads on from message ${first + 1}: about ${formatNumber(rereadTokens)} tokens.`}
      </p>
    </section>
  )
}

function inWords(messages: number, what: string): string | undefined {
  if (messages === 0) return undefined
  return messages === 1 ? `one message ${what}` : `${messages} messages ${what}`
}

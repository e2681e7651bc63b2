import type { HelpMessage } from '#core/cards/help/ask-help.ts'
import { createReasoningJoiner } from '#core/her/join-reasoning.ts'
import { chatMlStops } from '#core/prompt/special-tokens.ts'
import { ModelFailure } from '#ports/model.ts'
import type { AsideEnd } from './asides.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import { activeConnection } from './reply-basis.ts'

interface Asked {
  readonly messages: readonly HelpMessage[]
  readonly signal: AbortSignal
  /** All of the answer so far, planning and all, each time there is more. */
  readonly onText: (text: string) => void
}

/** What a model is asked about a card. Nothing of it is stored, and nobody is played. */
export interface CardHelp {
  ask(asked: Asked): Promise<AsideEnd>
}

/** A card has more sections than a reply has paragraphs. */
const leastTokens = 2048

export function createCardHelp({ storage, openModel }: Pick<ChatDependencies, 'storage' | 'openModel'>): CardHelp {
  return {
    ask: async ({ messages, signal, onText }) => {
      const connection = await activeConnection(storage)
      const { sampling, capabilities } = connection
      const most = Math.floor((capabilities.contextTokens ?? Number.POSITIVE_INFINITY) / 2)
      const maxTokens = Math.min(Math.max(sampling.maxTokens, leastTokens), most)
      const joiner = createReasoningJoiner()
      let text = ''
      const take = (words: string) => {
        if (words === '') return
        text += words
        onText(text)
      }
      try {
        const model = await openModel(connection)
        const request = { messages, sampling: { ...sampling, maxTokens }, stop: chatMlStops }
        for await (const part of model.stream(request, signal)) {
          if (part.type === 'text-delta') take(joiner.content(part.text))
          else if (part.type === 'reasoning-delta') take(joiner.reasoning(part.text))
        }
        take(joiner.finish())
      } catch (error) {
        if (!(error instanceof ModelFailure)) throw error
        return { kind: 'failed', error: error.error }
      }
      if (signal.aborted) return { kind: 'stopped' }
      return { kind: text.trim() === '' ? 'empty' : 'done' }
    },
  }
}

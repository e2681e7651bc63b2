import type { HelpMessage } from '#core/cards/help/ask-help.ts'
import { chatMlStops } from '#core/prompt/special-tokens.ts'
import { ModelFailure } from '#ports/model.ts'
import type { AsideEnd } from './asides.ts'
import type { ChatDependencies } from './chat-dependencies.ts'
import { joinedText } from './joined-text.ts'
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
      let said = ''
      try {
        const model = await openModel(connection)
        const request = { messages, sampling: { ...sampling, maxTokens }, stop: chatMlStops }
        said = (await joinedText(model.stream(request, signal), onText)).text
      } catch (error) {
        if (!(error instanceof ModelFailure)) throw error
        return { kind: 'failed', error: error.error }
      }
      if (signal.aborted) return { kind: 'stopped' }
      return { kind: said.trim() === '' ? 'empty' : 'done' }
    },
  }
}

import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ComponentType, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { onTestFinished } from 'vitest'
import type { CardDocument } from '#core/cards/card.ts'
import { createCardHelp } from '#engine/card-help.ts'
import { annaId, type Script, setupChat } from '#engine/chat.test-kit.ts'
import { createTestBench } from '#engine/test-bench.ts'
import { useLayout } from '#state/layout.ts'
import { type Services, ServicesProvider } from '#state/services.tsx'
import type { StudioTabProps } from '../studio-tab.ts'

/** A tab of the studio over a card that can be changed, and a model that plays scripts; the demo when it is given none. */
export async function setupTab(Tab: ComponentType<StudioTabProps>, document: CardDocument, scripts?: Script[]) {
  const set = await setupChat(scripts ?? [], scripts ? { connection: { kind: 'vllm', model: 'her-32b' } } : {})
  useLayout.setState({ hiddenAdvice: {} })
  const services: Partial<Services> = {
    storage: set.storage,
    cardHelp: async () => createCardHelp(set),
    testBench: async () => createTestBench(set),
  }
  let current = document
  function Studio() {
    const [card, setCard] = useState(document)
    const change = (next: CardDocument) => {
      current = next
      setCard(next)
    }
    return <Tab characterId={annaId} document={card} change={change} />
  }
  const open = () => {
    const host = globalThis.document.body.appendChild(globalThis.document.createElement('div'))
    const root = createRoot(host)
    root.render(
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ServicesProvider value={services as Services}>
          <Studio />
        </ServicesProvider>
      </QueryClientProvider>,
    )
    const close = () => {
      root.unmount()
      host.remove()
    }
    onTestFinished(close)
    return { host, close }
  }
  return { ...set, open, card: () => current }
}

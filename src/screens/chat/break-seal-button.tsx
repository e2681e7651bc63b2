import { type ReactNode, useState } from 'react'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'

interface Props {
  readonly conversationId: ConversationId
  readonly turnId: TurnId
  readonly index: number
  readonly name: string
  readonly className: string
  readonly children: ReactNode
}

/** A panel that is sealed. The first press asks, the second breaks the seal; leaving the button takes the question back. */
export function BreakSealButton({ conversationId, turnId, index, name, className, children }: Props) {
  const { storyTree } = useServices()
  const [isAsking, setAsking] = useState(false)
  return (
    <button
      type="button"
      aria-expanded={false}
      onClick={() => {
        if (isAsking) void storyTree.breakSeal(conversationId, turnId, index)
        else setAsking(true)
      }}
      onBlur={() => setAsking(false)}
      className={className}
    >
      {children}
      <span aria-live="polite">
        {isAsking ? t('{name}: break this seal?', { name }) : t('{name}, sealed', { name })}
      </span>
    </button>
  )
}

import type { Layer } from '#core/her/segment.ts'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { type LiveRun, useRunValue } from '#state/use-run.ts'

const words: Readonly<Record<Layer, string>> = {
  system_thinking: t('planning'),
  role_thinking: t('feeling'),
  role_action: t('acting'),
  speech: t('speaking'),
}

/** One word for what a reply is at while it is being made. */
export function Stage({ run }: { readonly run: LiveRun }) {
  const word = wordOf(run)
  if (!word) return null
  return (
    <span data-testid="stage" className="flex items-center gap-1.5 text-faint text-xs">
      <span aria-hidden className="size-1.5 animate-pulse rounded-full bg-accent" />
      {word}
    </span>
  )
}

/** The same word of a turn, for who stands elsewhere: it is drawn anew when the word changes, not with each token. */
export function useStageWord(conversationId: ConversationId, turnId: TurnId | undefined): string | undefined {
  return useRunValue(conversationId, turnId, wordOf)
}

function wordOf(run: LiveRun): string | undefined {
  if (run.phase === 'unsaved') return undefined
  return run.phase === 'waiting' ? t('waiting') : words[run.reply.segments.at(-1)?.layer ?? 'system_thinking']
}

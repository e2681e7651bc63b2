import type { Layer } from '#core/her/segment.ts'
import type { LiveRun } from '#state/use-run.ts'

const words: Readonly<Record<Layer, string>> = {
  system_thinking: 'planning',
  role_thinking: 'feeling',
  role_action: 'acting',
  speech: 'speaking',
}

/** One word for what a reply is at while it is being made. */
export function Stage({ run }: { readonly run: LiveRun }) {
  if (run.phase === 'unsaved') return null
  const word = run.phase === 'waiting' ? 'waiting' : words[run.reply.segments.at(-1)?.layer ?? 'system_thinking']
  return (
    <span data-testid="stage" className="flex items-center gap-1.5 text-faint text-xs">
      <span aria-hidden className="size-1.5 animate-pulse rounded-full bg-accent" />
      {word}
    </span>
  )
}

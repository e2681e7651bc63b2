import { classNames } from '#ui/class-names.ts'
import type { MeasuredMessage } from './measure.ts'
import { sources } from './sources.ts'

const numbers = new Intl.NumberFormat()
const roles = { system: 'System', user: 'User', assistant: 'Assistant' }
const states = { same: 'as before', changed: 'changed', new: 'new' }

/** One message, piece by piece, each with where it came from. */
export function PromptMessageView({
  message,
  isExact,
}: {
  readonly message: MeasuredMessage
  readonly isExact: boolean
}) {
  const { role, pieces } = message.message
  return (
    <li aria-label={`${roles[role]} message`} className="rounded-xl border border-line">
      <header className="flex flex-wrap items-baseline gap-x-3 border-line border-b px-3 py-1.5 text-xs">
        <strong className="font-semibold">{roles[role]}</strong>
        {message.state && (
          <span className={message.state === 'same' ? 'text-faint' : 'text-accent'}>{states[message.state]}</span>
        )}
        <span className="ml-auto text-faint" title={isExact ? 'Its share of the server’s count' : 'Estimated'}>
          ≈ {numbers.format(message.tokens)} tokens
        </span>
      </header>
      <div className="flex flex-col gap-1 p-2">
        {pieces.map(({ source, text, lore }, index) => (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a piece has no identity but its place
            key={index}
            data-source={source}
            className={classNames('flex flex-col border-l-4 pl-2 sm:flex-row sm:gap-2', sources[source].edge)}
          >
            <span className="w-14 shrink-0 select-none pt-0.5 text-faint text-xs">
              {sources[source].label}
              {lore && <span className="block">{lore.title}</span>}
            </span>
            <pre className="min-w-0 flex-1 whitespace-pre-wrap font-sans text-sm leading-relaxed">
              {text.replace(/^\n+|\n+$/g, '')}
            </pre>
          </div>
        ))}
      </div>
    </li>
  )
}

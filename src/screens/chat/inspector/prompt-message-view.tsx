import { t } from '#lib/translate.ts'
import { Pieces } from '#ui/pieces.tsx'
import type { MeasuredMessage } from './measure.ts'

const roles = { system: t('System'), user: t('User'), assistant: t('Assistant') }
const states = { same: t('as before'), changed: t('changed'), new: t('new') }

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
    <li aria-label={t('{role} message', { role: roles[role] })} className="rounded-xl border border-line">
      <header className="flex flex-wrap items-baseline gap-x-3 border-line border-b px-3 py-1.5 text-xs">
        <strong className="font-semibold">{roles[role]}</strong>
        {message.state && (
          <span className={message.state === 'same' ? 'text-faint' : 'text-accent'}>{states[message.state]}</span>
        )}
        <span className="ms-auto text-faint" title={isExact ? t('Its share of the server’s count') : t('Estimated')}>
          {t('≈ {tokens, number} tokens', { tokens: message.tokens })}
        </span>
      </header>
      <Pieces pieces={pieces.map(({ source, text, lore }) => ({ look: source, text, note: lore?.title }))} />
    </li>
  )
}

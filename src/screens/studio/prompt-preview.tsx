import type { CardDocument } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import { t } from '#lib/translate.ts'
import { useNewChatPrompt } from '#state/studio.ts'
import { Pieces } from '#ui/pieces.tsx'

interface Props {
  readonly character: Character
  readonly document: CardDocument
  readonly greeting: string | undefined
}

const roles = { system: t('System'), user: t('User'), assistant: t('Assistant') }

/** What stands for whatever the reader will say first. It is said to the model. */
const firstWords = 'Hello.'

/** The first request of a new chat, piece by piece, each with where it comes from. */
export function PromptPreview({ character, document, greeting }: Props) {
  const prepared = useNewChatPrompt(character, document, greeting, firstWords)
  if (!prepared) return <p role="status">{t('Building the prompt…')}</p>
  const { prompt, estimatedTokens, contextTokens, connection } = prepared
  const tokens = Math.ceil(estimatedTokens * (connection.tokenFactor ?? 1))
  return (
    <article aria-label={t('The prompt')} className="flex flex-col gap-3">
      <p className="text-sm">
        {t('≈ {tokens, number} of {context, plural, one {# token} other {# tokens}}.', {
          tokens,
          context: contextTokens,
        })}{' '}
        <span className="text-soft">
          {t('The first request of a new chat over {connection}, after a reader said “{words}”', {
            connection: connection.name,
            words: firstWords,
          })}
        </span>
      </p>
      <ol aria-label={t('Messages')} className="flex flex-col gap-3">
        {prompt.messages.map(({ role, pieces }, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a message has no identity but its place
            key={index}
            aria-label={t('{role} message', { role: roles[role] })}
            className="rounded-xl border border-line bg-page"
          >
            <p className="border-line border-b px-3 py-1.5 font-semibold text-xs">{roles[role]}</p>
            <Pieces pieces={pieces.map(({ source, text, lore }) => ({ look: source, text, note: lore?.title }))} />
          </li>
        ))}
      </ol>
    </article>
  )
}

import type { CardDocument } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import { formatNumber } from '#lib/translate.ts'
import { useNewChatPrompt } from '#state/studio.ts'
import { Pieces } from '#ui/pieces.tsx'

interface Props {
  readonly character: Character
  readonly document: CardDocument
  readonly greeting: string | undefined
}

const roles = { system: 'System', user: 'User', assistant: 'Assistant' }

/** What stands for whatever the reader will say first. */
const firstWords = 'Hello.'

/** The first request of a new chat, piece by piece, each with where it comes from. */
export function PromptPreview({ character, document, greeting }: Props) {
  const prepared = useNewChatPrompt(character, document, greeting, firstWords)
  if (!prepared) return <p role="status">Building the prompt…</p>
  const { prompt, estimatedTokens, contextTokens, connection } = prepared
  const tokens = Math.ceil(estimatedTokens * (connection.tokenFactor ?? 1))
  return (
    <article aria-label="The prompt" className="flex flex-col gap-3">
      <p className="text-sm">
        ≈ {formatNumber(tokens)} of {formatNumber(contextTokens)} tokens.{' '}
        <span className="text-soft">
          The first request of a new chat over {connection.name}, after a reader said “{firstWords}”
        </span>
      </p>
      <ol aria-label="Messages" className="flex flex-col gap-3">
        {prompt.messages.map(({ role, pieces }, index) => (
          <li
            // biome-ignore lint/suspicious/noArrayIndexKey: a message has no identity but its place
            key={index}
            aria-label={`${roles[role]} message`}
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

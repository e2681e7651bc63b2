import { Link } from 'wouter'
import { readTurn } from '#core/conversation/read-turn.ts'
import { withoutSealed } from '#core/conversation/seals.ts'
import type { Layer } from '#core/her/segment.ts'
import { excerptOf } from '#core/search/excerpt.ts'
import { highlight } from '#core/search/highlight.ts'
import type { SearchQuery } from '#core/search/search-query.ts'
import { locale, t } from '#lib/translate.ts'
import { usePlayers } from '#state/cast.ts'
import { useCharacter } from '#state/characters.ts'
import type { FoundTurn } from '#state/search.ts'
import { classNames } from '#ui/class-names.ts'
import { hueProps } from '#ui/hue.ts'
import { MarkedText } from '#ui/marked-text.tsx'

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' })

const names: Readonly<Record<Layer, string>> = {
  speech: '',
  role_action: t('Action'),
  role_thinking: t('Inner thought'),
  system_thinking: t('Planning'),
}

/** No turn fills the page. */
const mostExcerpts = 3

interface Props {
  readonly found: FoundTurn
  readonly query: SearchQuery
}

/** A turn in which something was found: where it is said, and the words around each find. */
export function FoundItem({ found: { turn, conversation }, query }: Props) {
  const players = usePlayers(conversation)
  const character = useCharacter(conversation.characterId)
  if (!players || !character) return null
  const segments = withoutSealed(conversation.seals, turn.id, readTurn(turn, players.cast).segments)
  const ranges = highlight(segments, query)
  const excerpts = segments
    .flatMap(({ layer, text }, index) => {
      const own = ranges[index] ?? []
      return own.length === 0 ? [] : [{ layer, ...excerptOf(text, own) }]
    })
    .slice(0, mostExcerpts)
  const speaker = players.labelOf(turn.speaker)
  const chatName = conversation.title || players.labelOf({ kind: 'character', characterId: conversation.characterId })
  return (
    <li {...hueProps(character.hue)}>
      <Link
        href={`/chat/${conversation.id}#${turn.id}`}
        className="flex flex-col gap-1.5 rounded-xl px-2 py-3 hover:bg-sunken"
      >
        <span className="flex flex-wrap items-baseline gap-x-3 text-xs">
          <span className={classNames('font-semibold text-sm', turn.speaker.kind === 'character' && 'text-accent')}>
            {speaker}
          </span>
          <span className="text-faint">
            {chatName} · {dates.format(turn.createdAt)}
            {turn.name && ` · ${turn.name}`}
          </span>
        </span>
        {excerpts.map(({ layer, text, ranges: marked }, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: the excerpts of one answer never move
            key={index}
            className={classNames(
              'font-story leading-relaxed',
              layer !== 'speech' && 'text-soft italic',
              layer === 'role_thinking' && 'border-accent/60 border-s-2 ps-3',
            )}
          >
            {names[layer] && <span className="me-2 font-sans text-faint text-xs not-italic">{names[layer]}</span>}
            <MarkedText text={text} marks={{ rangesOf: () => marked }} />
          </span>
        ))}
      </Link>
    </li>
  )
}

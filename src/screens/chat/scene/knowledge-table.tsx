import { useEffect, useRef } from 'react'
import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { hasThought, type Knowledge, type Sensed } from '#core/scene/knowledge.ts'
import { t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'
import { classNames } from '#ui/class-names.ts'
import { hueProps } from '#ui/hue.ts'

interface Props {
  readonly path: readonly Turn[]
  /** The first place of the path that is shown. */
  readonly from: number
  readonly all: readonly Knowledge[]
  readonly players: Players
}

/** What each mark says, and how it looks: a full disc knows all, a ring only saw, a dash was not there. */
const marks: Readonly<Record<Sensed, { readonly words: string; readonly look: string }>> = {
  own: { words: t('spoke'), look: 'size-3.5 rounded-sm bg-accent' },
  heard: { words: t('heard'), look: 'size-3 rounded-full bg-accent' },
  seen: { words: t('saw, did not hear'), look: 'size-3 rounded-full border-2 border-accent' },
  missed: { words: t('not there'), look: 'h-0.5 w-2.5 bg-faint' },
}

/** Turns down, characters across. */
export function KnowledgeTable({ path, from, all, players }: Props) {
  const scroller = useRef<HTMLElement>(null)
  // The newest is what one comes for.
  useEffect(() => {
    // Where `scrollTo` gives a promise it would be taken for this effect's way out.
    scroller.current?.scrollTo({ top: scroller.current.scrollHeight })
  }, [])
  return (
    <div className="flex flex-col gap-2">
      <ul aria-label={t('Marks')} className="flex flex-wrap gap-x-4 gap-y-1 text-faint text-xs">
        {Object.entries(marks).map(([sensed, { words, look }]) => (
          <li key={sensed} className="flex items-center gap-1.5">
            <span aria-hidden className={look} /> {words}
          </li>
        ))}
        <li className="flex items-center gap-1.5">
          <Thought /> {t('thought something, which no one else knows')}
        </li>
      </ul>
      <section
        ref={scroller}
        aria-label={t('Turns and who perceived them')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="max-h-[50dvh] overflow-auto rounded-xl border border-line focus-visible:outline-offset-[-2px]"
      >
        <table className="w-full border-collapse text-sm">
          <thead className="sticky top-0 bg-page">
            <tr>
              <th scope="col" className="px-3 py-2 text-start font-medium">
                {t('Turn')}
              </th>
              {all.map(({ id }) => {
                const speaker = { kind: 'character', characterId: id } as const
                const hue = players.hueOf(speaker)
                return (
                  <th
                    key={id}
                    scope="col"
                    {...(hue !== undefined && hueProps(hue))}
                    className="px-1 py-2 text-center align-bottom font-medium text-accent text-xs"
                  >
                    <span className="inline-block max-sm:max-h-28 max-sm:rotate-180 max-sm:truncate max-sm:[writing-mode:vertical-rl]">
                      {players.labelOf(speaker)}
                    </span>
                  </th>
                )
              })}
            </tr>
          </thead>
          <tbody>
            {path.slice(from).map((turn, index) => (
              <Row key={turn.id} turn={turn} place={from + index} {...{ all, players }} />
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}

interface RowProps extends Pick<Props, 'all' | 'players'> {
  readonly turn: Turn
  readonly place: number
}

function Row({ turn, place, all, players }: RowProps) {
  const isThought = hasThought(turn, players.cast)
  return (
    <tr className="border-line border-t">
      <th scope="row" className="w-1/2 max-w-0 px-3 py-1.5 text-start font-normal max-sm:w-full">
        <span className="block truncate">
          <span className="text-faint tabular-nums">{place + 1}</span>{' '}
          <span className="font-medium">{players.labelOf(turn.speaker)}</span>
          {turn.whisperTo && <span className="text-faint"> {t('whispers')}</span>}{' '}
          <span className="text-soft">{wordsOf(turn, players)}</span>
        </span>
      </th>
      {all.map(({ id, sensed }) => {
        const how = sensed(place)
        const hue = players.hueOf({ kind: 'character', characterId: id })
        const { words, look } = marks[how]
        const thinks = how === 'own' && isThought
        return (
          <td key={id} {...(hue !== undefined && hueProps(hue))} className={classNames('px-1 text-center', cell(how))}>
            <span className="inline-flex items-center justify-center gap-1 align-middle">
              <span aria-hidden className={look} />
              {thinks && <Thought />}
              <span className="sr-only">{thinks ? t('{words} and thought something', { words }) : words}</span>
            </span>
          </td>
        )
      })}
    </tr>
  )
}

function Thought() {
  return <span aria-hidden className="size-1.5 rotate-45 bg-ink" />
}

function cell(how: Sensed): string {
  return how === 'missed' ? 'bg-sunken' : ''
}

/** What was said in it, or else done: what stands on the page in any case. */
function wordsOf(turn: Turn, { cast }: Players): string {
  const { segments } = readTurn(turn, cast)
  const of = (layer: 'speech' | 'role_action') =>
    segments
      .filter((segment) => segment.layer === layer)
      .map(({ text }) => text)
      .join(' ')
  return (of('speech') || of('role_action')).slice(0, 120)
}

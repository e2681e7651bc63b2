import type { Seals } from '#core/conversation/conversation.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import { withoutSealed } from '#core/conversation/seals.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Layer } from '#core/her/segment.ts'
import type { Cast } from '#core/scene/cast.ts'
import type { ShownLayers } from '#core/taste/preference.ts'
import { t } from '#lib/translate.ts'
import { Markdown } from '#ui/markdown.tsx'

const looks: Readonly<Record<Layer, string>> = {
  system_thinking: '',
  role_thinking: 'border-accent/50 border-s-2 ps-3 text-[1.0625rem] text-soft italic',
  role_action: 'text-[0.9375rem] text-soft italic leading-relaxed',
  speech: '',
}

interface Props {
  readonly turn: Turn
  readonly cast: Cast
  readonly shown: ShownLayers
  readonly seals: Seals | undefined
}

/** What a take says and does, and what is thought in it where that is wanted; never how it was planned. */
export function TakeWords({ turn, cast, shown, seals }: Props) {
  const segments = withoutSealed(seals, turn.id, readTurn(turn, cast).segments).filter(
    ({ layer, text }) =>
      text.trim() !== '' && layer !== 'system_thinking' && (layer !== 'role_thinking' || shown === 'thoughts'),
  )
  if (segments.length === 0) return <p className="text-faint text-sm">{t('Nothing is said or done in it.')}</p>
  return (
    <div className="story flex flex-col gap-2.5">
      {segments.map(({ layer, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the segments of a take never move
        <div key={index} className={looks[layer]}>
          {layer === 'role_thinking' && <span className="sr-only">{t('Inner thought')}: </span>}
          <Markdown text={text} />
        </div>
      ))}
    </div>
  )
}

import { useEffect, useRef, useState } from 'react'
import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'

interface Props {
  readonly last: Turn | undefined
  readonly players: Players
}

/** Tells a screen reader who is speaking, and the whole reply once it has ended: never a word at a time. */
export function Announcer({ last, players }: Props) {
  const [text, setText] = useState('')
  const writing = useRef<string>(undefined)
  useEffect(() => {
    if (last?.speaker.kind !== 'character') return
    const name = players.labelOf(last.speaker)
    if (last.ending === 'draft') {
      writing.current = last.id
      setText(t('{name} is answering.', { name }))
    } else if (writing.current === last.id) {
      writing.current = undefined
      const heard = readTurn(last, players.cast)
        .segments.filter((segment) => segment.layer === 'speech' || segment.layer === 'role_action')
        .map((segment) => segment.text)
      setText(`${name}: ${heard.join(' ')}`)
    }
  }, [last, players])
  return (
    <div role="status" className="sr-only">
      {text}
    </div>
  )
}

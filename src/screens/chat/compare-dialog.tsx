import { useMemo, useState } from 'react'
import type { Seals } from '#core/conversation/conversation.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import { withoutSealed } from '#core/conversation/seals.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { diffTakes } from '#core/diff/diff-takes.ts'
import type { Layer } from '#core/her/segment.ts'
import type { TurnId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { DiffRow } from '#ui/diff-row.tsx'
import { Field, Select } from '#ui/field.tsx'
import { layerLabels } from './layer-labels.ts'

const looks: Readonly<Record<Layer, string>> = {
  system_thinking: 'font-sans text-[0.8125rem] text-soft',
  role_thinking: 'font-story text-soft italic',
  role_action: 'font-story text-[0.9375rem] text-soft italic',
  speech: 'font-story',
}

interface Props {
  readonly turn: Turn
  readonly takes: readonly Turn[]
  readonly players: Players
  readonly seals: Seals | undefined
  readonly onClose: () => void
}

/** Two takes of a turn side by side, layer by layer, with the words that differ marked. */
export function CompareDialog({ turn, takes, players, seals, onClose }: Props) {
  const { chat } = useServices()
  const place = Math.max(
    0,
    takes.findIndex((take) => take.id === turn.id),
  )
  const [left, setLeft] = useState(takes[place === 0 ? 0 : place - 1]?.id ?? turn.id)
  const [right, setRight] = useState(takes[place === 0 ? 1 : place]?.id ?? turn.id)
  const rows = useMemo(() => {
    const segmentsOf = (id: TurnId) => {
      const take = takes.find((one) => one.id === id)
      const segments = take ? readTurn(take, players.cast).segments : []
      return withoutSealed(seals, id, segments).filter((segment) => segment.text !== '')
    }
    return diffTakes(segmentsOf(left), segmentsOf(right))
  }, [takes, players, seals, left, right])

  async function use(id: TurnId) {
    await chat.select(turn.conversationId, id)
    onClose()
  }

  return (
    <Dialog title={t('Compare takes')} onClose={onClose} className="w-[min(64rem,calc(100vw-1.5rem))]">
      <div className="grid grid-cols-2 gap-x-4 gap-y-3">
        <TakeChoice label={t('Left take')} {...{ takes, value: left, onChange: setLeft }} />
        <TakeChoice label={t('Right take')} {...{ takes, value: right, onChange: setRight }} />
      </div>
      {seals && <p className="text-faint text-xs">{t('What is sealed is left out.')}</p>}
      {rows.every((row) => row.pieces.every((piece) => piece.kind === 'same')) && (
        <p className="text-soft text-sm">{t('These takes are word for word the same.')}</p>
      )}
      <section
        aria-label={t('Differences')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className="flex max-h-[60dvh] flex-col gap-4 overflow-y-auto"
      >
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one comparison never move
          <DiffRow key={index} label={layerLabels[row.layer]} pieces={row.pieces} className={looks[row.layer]} />
        ))}
      </section>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('Close')}</Button>
        <Button onClick={() => void use(left)}>{t('Read the left one')}</Button>
        <Button onClick={() => void use(right)}>{t('Read the right one')}</Button>
      </div>
    </Dialog>
  )
}

interface ChoiceProps {
  readonly label: string
  readonly takes: readonly Turn[]
  readonly value: TurnId
  readonly onChange: (id: TurnId) => void
}

function TakeChoice({ label, takes, value, onChange }: ChoiceProps) {
  return (
    <Field label={label}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(event.target.value as TurnId)}>
          {takes.map((take, index) => (
            <option key={take.id} value={take.id}>
              {t('{place, number} of {count, number}', { place: index + 1, count: takes.length })}
              {take.name ? ` · ${take.name}` : ''}
              {take.editedFrom ? ` · ${t('edited')}` : ''}
              {take.making?.provenance ? ` · ${t('written afterwards')}` : ''}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

import { ChevronDown, ChevronUp, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Turn } from '#core/conversation/turn.ts'
import { createNeedle, findRanges } from '#core/search/find-text.ts'
import { t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'
import { Button } from '#ui/button.tsx'
import { closeFind, type Find, useFind } from './find-state.ts'
import { useReadingRules } from './reading-rules.ts'
import { useFinds } from './use-finds.ts'

interface Props {
  readonly path: readonly Turn[]
  readonly players: Players
}

/** Looks for a text in the whole chat. The browser's own search sees only the turns that are in the page. */
export function FindBar({ path, players }: Props) {
  const { seals } = useReadingRules()
  const [typed, setTyped] = useState('')
  const needle = useMemo(() => createNeedle(typed), [typed])
  const { finds, isLooking } = useFinds(path, players.cast, seals, needle)
  const current = useFind((find) => find.current)
  const place = current ? finds.findIndex((find) => isSame(find, current)) : -1
  const input = useRef<HTMLInputElement>(null)
  useFocusWhileOpen(input)
  useEffect(() => {
    useFind.setState({ rangesOf: needle && ((text) => findRanges(text, needle)), current: undefined })
  }, [needle])
  useEffect(() => {
    if (finds.length === 0 || useFind.getState().current) return
    useFind.setState({ current: nearest(finds, path) })
  }, [finds, path])

  function walk(steps: number) {
    if (finds.length === 0) return
    useFind.setState({ current: finds[(Math.max(place, 0) + steps + finds.length) % finds.length] })
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') closeFind()
    else if (event.key === 'Enter' && event.target === input.current) walk(event.shiftKey ? -1 : 1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <search
      data-find
      aria-label={t('Find in this chat')}
      onKeyDown={onKeyDown}
      className="flex items-center gap-1 border-line border-b bg-sunken px-3 py-1.5 sm:px-6"
    >
      <input
        ref={input}
        type="text"
        aria-label={t('Find')}
        placeholder={t('Find in this chat, also in what was not said')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        className="min-h-9 min-w-0 flex-1 rounded-lg border border-line bg-raised px-3 text-base placeholder:text-faint sm:text-sm"
      />
      <span role="status" className="px-2 text-faint text-xs tabular-nums">
        {needle && describe(place, finds.length, isLooking)}
      </span>
      <Button look="quiet" className="px-1.5" aria-label={t('Previous find')} onClick={() => walk(-1)}>
        <ChevronUp aria-hidden className="size-4" />
      </Button>
      <Button look="quiet" className="px-1.5" aria-label={t('Next find')} onClick={() => walk(1)}>
        <ChevronDown aria-hidden className="size-4" />
      </Button>
      <Button look="quiet" className="px-1.5" aria-label={t('Close the search')} onClick={closeFind}>
        <X aria-hidden className="size-4" />
      </Button>
    </search>
  )
}

function describe(place: number, count: number, isLooking: boolean): string {
  if (count === 0) return isLooking ? t('Looking…') : t('Not found')
  const found = t('{place, number} of {count, number}', { place: place + 1, count })
  return isLooking ? `${found}…` : found
}

function isSame(one: Find, other: Find): boolean {
  return one.turnId === other.turnId && one.segment === other.segment && one.occurrence === other.occurrence
}

/** The first find from where the reader is on, else the last before it. */
function nearest(finds: readonly Find[], path: readonly Turn[]): Find | undefined {
  const log = document.querySelector('[role=log]')
  const top = log?.getBoundingClientRect().top ?? 0
  const seen = [...(log?.querySelectorAll<HTMLElement>('article') ?? [])].find(
    (article) => article.getBoundingClientRect().bottom > top,
  )
  const from = path.findIndex((turn) => turn.id === seen?.dataset['turn'])
  const places = new Map(path.map((turn, index) => [turn.id, index]))
  return finds.find(({ turnId }) => (places.get(turnId) ?? 0) >= from) ?? finds.at(-1)
}

/** Takes the focus, and gives it back to where it was. */
function useFocusWhileOpen(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const before = document.activeElement
    input.current?.focus()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [input])
}

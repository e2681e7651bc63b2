import { useEffect, useRef, useState } from 'react'
import type { Pair } from '#core/taste/pairs.ts'
import { type First, type Preference, pairKey, type ShownLayers, type Verdict } from '#core/taste/preference.ts'
import type { Principle } from '#core/taste/principle.ts'
import { t } from '#lib/translate.ts'
import type { ChatPairs, Taste } from '#state/taste.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { Keys } from '#ui/keys.tsx'
import { PairView } from './pair-view.tsx'
import { useKeys } from './use-keys.ts'
import { WhyPicker } from './why-picker.tsx'

/** A pair, and the chat it is of. */
export interface PairInChat {
  readonly chat: ChatPairs
  readonly pair: Pair
}

interface Props {
  readonly taste: Taste
  readonly pairs: readonly PairInChat[]
  readonly principles: readonly Principle[]
  readonly onEnd: () => void
  /** Leaves before the end; where there is another way out, nothing. */
  readonly onStop?: () => void
}

/** One pair after the other: which is better, and by what. Every step can be taken back. */
export function Sitting({ taste, pairs, principles, onEnd, onStop }: Props) {
  const [place, setPlace] = useState(0)
  const [answers, setAnswers] = useState<readonly (Preference | undefined)[]>([])
  const [shown, setShown] = useState<ShownLayers>('words')
  const [isBusy, setBusy] = useState(false)
  const current = pairs[place]
  const answer = answers[place]
  const isSealed = current?.chat.conversation.seals !== undefined

  function setAnswer(at: number, next: Preference | undefined) {
    setAnswers((before) => Object.assign([...before], { [at]: next }))
  }

  async function say(verdict: Verdict, first: First) {
    if (!current || isBusy) return
    setBusy(true)
    try {
      setAnswer(place, await taste.answer(current.pair, { verdict, first, shown: isSealed ? 'words' : shown }))
    } finally {
      setBusy(false)
    }
  }

  function goOn() {
    if (place + 1 < pairs.length) setPlace(place + 1)
    else onEnd()
  }

  /** Takes back what was said of this pair, else goes back to the one before and takes that back. */
  async function undo() {
    const at = answer ? place : place - 1
    if (at < 0 || isBusy) return
    const said = answers[at]
    setPlace(at)
    setAnswer(at, undefined)
    if (said) await taste.forget(said.id)
  }

  async function because(chosen: readonly string[]) {
    if (!answer) return
    setAnswer(place, { ...answer, principles: chosen })
    await taste.because(answer.id, chosen)
  }

  const canUndo = answer !== undefined || place > 0
  useKeys({
    l: isSealed ? undefined : () => setShown(shown === 'words' ? 'thoughts' : 'words'),
    u: canUndo ? () => void undo() : undefined,
    Enter: answer && goOn,
  })
  const pairRef = useRef<HTMLDivElement>(null)
  // Where the keys are heard from, and a screen reader reads on: at the pair, and not at the first switch of a dialog.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each new pair
  useEffect(() => pairRef.current?.focus({ preventScroll: true }), [place])
  if (!current) return null
  const moves = (
    <>
      <Button look="quiet" disabled={!canUndo} onClick={() => void undo()}>
        {t('Undo')}
        <span className="max-sm:hidden">
          <Keys keys="u" />
        </span>
      </Button>
      {onStop && (
        <Button look="quiet" onClick={onStop}>
          {t('Stop here')}
        </Button>
      )}
    </>
  )
  return (
    <div ref={pairRef} tabIndex={-1} className="flex flex-col gap-4 outline-none">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <p className="text-faint text-xs tabular-nums" aria-live="polite">
          {t('Pair {place, number} of {count, number}', { place: place + 1, count: pairs.length })}
        </p>
        <progress
          aria-label={t('How far you are')}
          className="h-1 min-w-16 flex-1 appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent"
          max={pairs.length}
          value={place + (answer ? 1 : 0)}
        />
        {isSealed ? (
          <p className="text-faint text-xs">{t('What is sealed is left out.')}</p>
        ) : (
          <Check
            label={t('Show thoughts')}
            isOn={shown === 'thoughts'}
            onChange={(isOn) => setShown(isOn ? 'thoughts' : 'words')}
          />
        )}
      </div>
      <PairView
        key={`${place} ${pairKey(current.pair)}`}
        {...current}
        shown={isSealed ? 'words' : shown}
        answer={answer}
        onAnswer={(verdict, first) => void say(verdict, first)}
        onSkip={goOn}
        actions={moves}
      />
      {answer && (
        <WhyPicker chosen={answer.principles} principles={principles} onChange={(chosen) => void because(chosen)} />
      )}
      {answer && (
        <div className="flex flex-wrap items-center justify-center gap-2">
          {/* On a phone it is out of sight: the focus brings it up. */}
          <Button look="primary" autoFocus onClick={goOn}>
            {place + 1 < pairs.length ? t('Next pair') : t('Done')}
          </Button>
          {moves}
        </div>
      )}
    </div>
  )
}

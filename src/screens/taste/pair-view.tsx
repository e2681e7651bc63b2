import { type ReactNode, useState } from 'react'
import { readTurn } from '#core/conversation/read-turn.ts'
import { pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { nameOf } from '#core/scene/cast.ts'
import type { Pair } from '#core/taste/pairs.ts'
import type { First, Preference, ShownLayers, Verdict } from '#core/taste/preference.ts'
import { direction, t } from '#lib/translate.ts'
import type { ChatPairs } from '#state/taste.ts'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { Keys } from '#ui/keys.tsx'
import { TakeWords } from './take-words.tsx'
import { useKeys } from './use-keys.ts'

interface Props {
  readonly chat: ChatPairs
  readonly pair: Pair
  readonly shown: ShownLayers
  /** What was said of this pair, once that is. */
  readonly answer: Preference | undefined
  readonly onAnswer: (verdict: Verdict, first: First) => void
  readonly onSkip: () => void
  /** What else can be done instead of choosing. */
  readonly actions: ReactNode
}

/**
 * Two takes side by side, in an order that chance made and with nothing that says which is which. A key means the side it
 * points to.
 */
export function PairView({ chat, pair, shown, answer, onAnswer, onSkip, actions }: Props) {
  const [first] = useState<First>(() => (Math.random() < 0.5 ? 'a' : 'b'))
  const { tree, cast, conversation } = chat
  const second: First = first === 'a' ? 'b' : 'a'
  const choose = (verdict: Verdict) => onAnswer(verdict, first)
  const [left, right] = direction === 'ltr' ? [first, second] : [second, first]
  useKeys(
    answer
      ? {}
      : {
          ArrowLeft: () => choose(left),
          ArrowRight: () => choose(right),
          a: () => choose(first),
          b: () => choose(second),
          '=': () => choose('tie'),
          t: () => choose('tie'),
          s: onSkip,
        },
  )
  const takeOf = (which: First): Turn | undefined => tree.turnsById.get(pair[which])
  const before = pathTo(tree, pair.parentId).at(-1)
  const sides = [
    { which: first, name: t('Take A'), keys: direction === 'ltr' ? 'ArrowLeft' : 'ArrowRight' },
    { which: second, name: t('Take B'), keys: direction === 'ltr' ? 'ArrowRight' : 'ArrowLeft' },
  ]
  return (
    <div className="flex flex-col gap-4">
      {before && <Before turn={before} chat={chat} />}
      <div className="grid items-stretch gap-3 sm:grid-cols-2 sm:gap-4">
        {sides.map(({ which, name, keys }) => {
          const take = takeOf(which)
          return (
            take && (
              <Side
                key={which}
                name={name}
                mark={answer && (answer.verdict === which ? 'better' : answer.verdict === 'tie' ? 'even' : 'other')}
                action={
                  !answer && (
                    <Button onClick={() => choose(which)}>
                      {t('{name} is better', { name })}
                      <span className="max-sm:hidden">
                        <Keys keys={keys} />
                      </span>
                    </Button>
                  )
                }
              >
                <TakeWords turn={take} {...{ cast, shown }} seals={conversation.seals} />
              </Side>
            )
          )
        })}
      </div>
      {!answer && (
        <div className="flex flex-wrap items-center justify-center gap-2">
          <Button onClick={() => choose('tie')}>
            {t('They are even')}
            <span className="max-sm:hidden">
              <Keys keys="=" />
            </span>
          </Button>
          <Button look="quiet" onClick={onSkip}>
            {t('Skip')}
            <span className="max-sm:hidden">
              <Keys keys="s" />
            </span>
          </Button>
          {actions}
        </div>
      )}
    </div>
  )
}

/** What both takes answer. */
function Before({ turn, chat: { cast } }: { readonly turn: Turn; readonly chat: ChatPairs }) {
  const words = readTurn(turn, cast)
    .segments.filter(({ layer }) => layer === 'speech' || layer === 'role_action')
    .map(({ text }) => text)
    .join(' ')
  return (
    <blockquote className="mx-auto line-clamp-3 max-w-2xl text-center font-story text-soft">
      <span className="text-faint text-sm">{nameOf(turn.speaker, cast)}: </span>
      {words}
    </blockquote>
  )
}

interface SideProps {
  readonly name: string
  readonly mark: 'better' | 'even' | 'other' | undefined
  readonly action: ReactNode
  readonly children: ReactNode
}

function Side({ name, mark, action, children }: SideProps) {
  return (
    <section
      aria-label={name}
      className={classNames(
        'flex flex-col gap-3 rounded-2xl border bg-raised p-4 transition sm:p-5',
        mark === 'better' ? 'border-accent shadow-md' : 'border-line',
        mark === 'other' && 'opacity-60',
      )}
    >
      <h3 className="flex items-baseline gap-2 text-faint text-xs">
        {name}
        {mark === 'better' && <span className="text-accent">{t('Yours')}</span>}
      </h3>
      <div className="min-h-0 flex-1">{children}</div>
      <div className="grid">{action}</div>
    </section>
  )
}

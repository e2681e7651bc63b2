import type { ComponentProps } from 'react'
import type { ConversationId, TurnId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { classNames } from '#ui/class-names.ts'
import { Portrait } from '#ui/portrait.tsx'
import { useStageWord } from '../stage.tsx'

interface Props extends ComponentProps<'button'> {
  readonly conversationId: ConversationId
  /** The newest turn: what it is at is told of who speaks. */
  readonly turnId: TurnId | undefined
  readonly portrait: string | undefined
  readonly name: string
  readonly size: string
  /** Many are on the stage: names are kept to one line on a phone. */
  readonly isCrowded: boolean
  readonly isSpeaking: boolean
  /** What else is to be said of them, in a word. */
  readonly state: string
}

/** Whoever stands on the stage: as wide as all others, whatever they are called. */
export function stageFigure(isCrowded: boolean): string {
  return classNames(
    'flex w-[4.75rem] flex-col items-center gap-1 rounded-2xl px-0.5 py-1.5 text-center',
    isCrowded ? 'sm:w-24' : 'sm:w-32',
  )
}

/** A large face on the stage, with what its owner is at while they speak. */
export function StageFace({
  conversationId,
  turnId,
  portrait,
  name,
  size,
  isCrowded,
  isSpeaking,
  state,
  ...button
}: Props) {
  const word = useStageWord(conversationId, turnId)
  return (
    <button
      {...button}
      type="button"
      className={classNames(
        stageFigure(isCrowded),
        'transition-colors hover:bg-raised',
        isSpeaking && 'bg-accent-wash',
      )}
    >
      <Portrait
        url={portrait}
        name={name}
        className={classNames(
          'text-2xl transition-shadow',
          size,
          isSpeaking ? 'ring-3 ring-accent' : 'ring-1 ring-line',
        )}
      />
      <span
        title={name}
        className={classNames(
          'w-full text-balance font-medium text-accent text-xs leading-tight sm:text-sm',
          isCrowded ? 'line-clamp-1 sm:line-clamp-2' : 'line-clamp-2',
        )}
      >
        {name}
      </span>
      <span data-testid="stage-word" className="min-h-4 text-faint text-xs">
        {isSpeaking ? (word ?? t('speaking')) : state}
      </span>
    </button>
  )
}

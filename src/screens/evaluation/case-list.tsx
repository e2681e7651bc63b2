import { t } from '#lib/translate.ts'
import { writeScore } from './write-score.ts'

export interface CaseState {
  readonly id: string
  /** Undefined where there is none, or none yet. */
  readonly score: number | undefined
  readonly state: 'waits' | 'begun' | 'done'
}

interface Props {
  readonly label: string
  readonly cases: readonly CaseState[]
  readonly watched: string | undefined
  readonly onWatch: (id: string) => void
}

/** The cases of a run, each with its score or how far it is. */
export function CaseList({ label, cases, watched, onWatch }: Props) {
  return (
    <ul
      aria-label={label}
      className="flex max-h-[32rem] flex-col self-start overflow-y-auto rounded-lg border border-line max-md:max-h-60"
    >
      {cases.map((one) => (
        <li key={one.id}>
          <button
            type="button"
            aria-current={one.id === watched ? 'true' : undefined}
            className="flex min-h-9 w-full items-center gap-2 px-3 py-1.5 text-start text-sm -outline-offset-2 hover:bg-sunken aria-[current=true]:bg-sunken"
            onClick={() => onWatch(one.id)}
          >
            <bdi className="me-auto min-w-0 break-words">{one.id}</bdi>
            <span className="shrink-0 whitespace-nowrap text-soft tabular-nums">{stateOf(one)}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}

function stateOf({ score, state }: CaseState): string {
  if (score !== undefined) return writeScore(score, 1)
  if (state === 'done') return t('No score')
  return state === 'begun' ? t('On stage') : t('Waits')
}

import type { ReactNode } from 'react'
import { t } from '#lib/translate.ts'
import { Button } from './button.tsx'
import { showToast } from './toasts.tsx'

type End = { readonly kind: 'done' | 'paused' | 'elsewhere' } | { readonly kind: 'failed'; readonly problem: string }

interface Props {
  readonly title: string
  /** How far it is. */
  readonly status: ReactNode
  readonly state: 'running' | 'paused' | 'done'
  readonly isOpen: boolean
  readonly onOpen: (isOpen: boolean) => void
  /** What it is opened for. */
  readonly openLabel: string
  readonly onPause: () => void
  /** Missing while its code is not here. */
  readonly onGoOn: (() => Promise<End>) | undefined
  /** Gives what takes it back. */
  readonly onRemove: () => Promise<(() => Promise<void>) | undefined>
  readonly removed: string
  /** What else can be done with it. */
  readonly more?: ReactNode
  readonly children?: ReactNode
}

/** Work that takes long: how far it is, and what can be done with it. What came of it is shown when it is opened. */
export function JobCard({ title, status, state, isOpen, onOpen, more, children, ...props }: Props) {
  const isRunning = state === 'running'

  async function goOn() {
    if (props.onGoOn) tellEnd(await props.onGoOn())
  }

  async function remove() {
    const undo = await props.onRemove()
    if (undo) showToast(props.removed, { action: { label: t('Undo'), run: () => void undo() } })
  }

  return (
    <article aria-label={title} className="flex flex-col gap-3 rounded-xl border border-line bg-raised p-4">
      <header className="flex flex-wrap items-center gap-2">
        <div className="min-w-0 flex-1 basis-56 max-sm:basis-full">
          <h3 className="truncate font-medium">{title}</h3>
          <p role="status" className="text-soft text-xs">
            {status}
          </p>
        </div>
        {more}
        {isRunning ? (
          <Button onClick={props.onPause}>{t('Pause')}</Button>
        ) : (
          state !== 'done' && (
            <Button disabled={!props.onGoOn} onClick={() => void goOn()}>
              {t('Go on')}
            </Button>
          )
        )}
        <Button aria-expanded={isOpen} onClick={() => onOpen(!isOpen)}>
          {isOpen ? t('Close') : props.openLabel}
        </Button>
        <Button look="quiet" disabled={isRunning} onClick={() => void remove()}>
          {t('Remove')}
        </Button>
      </header>
      {isOpen && children}
    </article>
  )
}

/** Says why work that was begun does not go on. */
export function tellEnd(end: End): void {
  if (end.kind === 'failed') showToast(end.problem)
  if (end.kind === 'elsewhere') showToast(t('Another tab is at it.'))
}

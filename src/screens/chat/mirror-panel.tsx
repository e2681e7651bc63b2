import { X } from 'lucide-react'
import { t } from '#lib/translate.ts'
import type { Aside } from '#state/use-aside.ts'
import { Button } from '#ui/button.tsx'
import { hueProps } from '#ui/hue.ts'

interface Props {
  readonly name: string
  readonly aside: Aside
  readonly hue?: number | undefined
  readonly onClose?: () => void
}

/** The thought a draft would provoke. It is no part of the story. */
export function MirrorPanel({ name, aside, hue, onClose }: Props) {
  return (
    <section
      aria-label={t('What {name} would think', { name })}
      {...(hue !== undefined && hueProps(hue))}
      className="mb-1 flex basis-full items-start gap-2 border-accent/60 border-s-2 py-1 ps-3.5"
    >
      <div className="min-w-0 flex-1">
        <p className="font-sans text-faint text-xs">
          {t('{name} would think, unsaid', { name })} {aside.isRunning && '…'}
        </p>
        <p aria-live="polite" aria-busy={aside.isRunning} className="font-story text-soft italic">
          {aside.text}
        </p>
        {aside.problem && <p className="text-danger text-xs">{aside.problem}</p>}
      </div>
      {onClose && (
        <Button look="quiet" isSmall className="px-1.5" aria-label={t('Close the mirror')} onClick={onClose}>
          <X aria-hidden className="size-3.5" />
        </Button>
      )}
    </section>
  )
}

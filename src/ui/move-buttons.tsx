import { ArrowDown, ArrowUp, X } from 'lucide-react'
import { t } from '#lib/translate.ts'
import { Button } from './button.tsx'

interface Props {
  /** What is moved, in the labels of the buttons. */
  readonly name: string
  readonly up: (() => void) | undefined
  readonly down: (() => void) | undefined
  readonly onRemove: () => void
}

/** Moves an item of a list, and takes it away. The buttons go with their item, so that a key moves it again. */
export function MoveButtons({ name, up, down, onRemove }: Props) {
  return (
    <div className="flex shrink-0">
      <Button look="quiet" className="px-2" aria-label={t('Move {name} up', { name })} aria-disabled={!up} onClick={up}>
        <ArrowUp aria-hidden className={up ? 'size-4' : 'size-4 opacity-40'} />
      </Button>
      <Button
        look="quiet"
        className="px-2"
        aria-label={t('Move {name} down', { name })}
        aria-disabled={!down}
        onClick={down}
      >
        <ArrowDown aria-hidden className={down ? 'size-4' : 'size-4 opacity-40'} />
      </Button>
      <Button look="quiet" className="px-2" aria-label={t('Remove {name}', { name })} onClick={onRemove}>
        <X aria-hidden className="size-4" />
      </Button>
    </div>
  )
}

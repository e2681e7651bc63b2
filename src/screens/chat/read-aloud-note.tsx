import { Square } from 'lucide-react'
import type { TurnId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { stopReadingAloud, useIsReadAloud } from '#state/read-aloud.ts'
import { Button } from '#ui/button.tsx'

/** Says that a turn is read aloud, and stops it. */
export function ReadAloudNote({ turnId }: { readonly turnId: TurnId }) {
  if (!useIsReadAloud(turnId)) return null
  return (
    <Button look="quiet" isSmall className="px-1.5 text-accent" onClick={stopReadingAloud}>
      <Square aria-hidden className="size-3" fill="currentColor" /> {t('Stop reading aloud')}
    </Button>
  )
}

import { X } from 'lucide-react'
import { t } from '#lib/translate.ts'
import { setReadingMode } from '#state/reading-mode.ts'
import { Button } from '#ui/button.tsx'

/** The way out of the reading mode for who has no Escape key. */
export function LeaveReading() {
  return (
    <Button
      look="quiet"
      aria-label={t('Leave reading mode')}
      className="absolute top-2 end-4 z-10 size-11 rounded-full px-0 text-faint"
      onClick={() => setReadingMode(false)}
    >
      <X aria-hidden className="size-5" />
    </Button>
  )
}

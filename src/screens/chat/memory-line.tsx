import { t } from '#lib/translate.ts'
import { openChatDialog } from './chat-dialogs.tsx'

/** Between the turns a summary stands for and those that are sent as they are. */
export function MemoryLine({ turns }: { readonly turns: number }) {
  return (
    <div className="mx-auto flex w-full max-w-[42rem] items-center gap-3 px-4 py-2 sm:px-6 in-data-reading:hidden">
      <span aria-hidden className="h-px flex-1 bg-line" />
      <button
        type="button"
        onClick={() => openChatDialog('memory')}
        className="rounded-full px-2 py-0.5 text-faint text-xs hover:bg-sunken hover:text-ink"
      >
        {t('{turns, plural, one {The turn above is} other {The # turns above are}} remembered as a summary', { turns })}
      </button>
      <span aria-hidden className="h-px flex-1 bg-line" />
    </div>
  )
}

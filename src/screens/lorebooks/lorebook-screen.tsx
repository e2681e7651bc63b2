import { viewCard } from '#core/cards/view-card.ts'
import type { CharacterId, LorebookId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { type OpenBook, useCardBook, useKeptBook } from '#state/lorebooks.ts'
import { NotHere } from '#ui/not-here.tsx'
import { BookEditor } from './book-editor.tsx'

interface Props {
  readonly id: string
  /** What of the book is open: an entry, or the book itself. */
  readonly part: string | undefined
}

/** A lorebook of the library. */
export function LorebookScreen({ id, part }: Props) {
  const open = useKeptBook(id as LorebookId)
  return <Editor open={open} base={`/lorebooks/${id}`} title={open?.name ?? ''} part={part} />
}

/** The lorebook inside a character's card. */
export function CardBookScreen({ id, part }: Props) {
  const open = useCardBook(id as CharacterId)
  const title = open?.owner ? t('Lore of {name}', { name: viewCard(open.owner.document).name }) : ''
  return <Editor open={open} base={`/characters/${id}/lore`} title={title} part={part} />
}

interface EditorProps {
  readonly open: OpenBook | null | undefined
  readonly base: string
  readonly title: string
  readonly part: string | undefined
}

function Editor({ open, ...about }: EditorProps) {
  if (open === undefined) return <main className="h-full" />
  if (open === null) {
    return (
      <NotHere title={t('There is no such lorebook here')} href="/lorebooks">
        {t('All lorebooks')}
      </NotHere>
    )
  }
  return <BookEditor open={open} {...about} />
}

import { Link } from 'wouter'
import { viewCard } from '#core/cards/view-card.ts'
import type { CharacterId, LorebookId } from '#core/ids.ts'
import { type OpenBook, useCardBook, useKeptBook } from '#state/lorebooks.ts'
import { Page } from '#ui/page.tsx'
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
  const title = open?.owner ? `Lore of ${viewCard(open.owner.document).name}` : ''
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
      <Page title="There is no such lorebook here">
        <p className="text-soft">
          It may have been deleted, or live in another browser.{' '}
          <Link href="/lorebooks" className="text-accent underline">
            All lorebooks
          </Link>
        </p>
      </Page>
    )
  }
  return <BookEditor open={open} {...about} />
}

import { ArrowLeft } from 'lucide-react'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { weighCard } from '#core/cards/card-weight.ts'
import type { Character } from '#core/cards/character.ts'
import { t } from '#lib/translate.ts'
import type { CardEditing, SaveState } from '#state/card-editing.ts'
import { useFileUrl } from '#state/characters.ts'
import { Button } from '#ui/button.tsx'
import { Portrait } from '#ui/portrait.tsx'
import { KeepVersionDialog } from './keep-version-dialog.tsx'

interface Props {
  readonly character: Character
  readonly editing: CardEditing
  readonly name: string
}

/** Whose card it is, whether it is saved, and what it weighs. */
export function StudioHeader({ character, editing, name }: Props) {
  const portrait = useFileUrl(character.portraitId)
  const [isKeeping, setKeeping] = useState(false)
  const document = useDeferredValue(editing.document)
  const { permanent, temporary } = useMemo(() => weighCard(document), [document])
  useEffect(() => {
    window.document.title = t('{name}, in the studio · Subtext', { name })
  }, [name])
  return (
    <header className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2 sm:px-5">
      <Link
        href={`/characters/${character.id}`}
        aria-label={t('Back to the character')}
        className="flex size-9 items-center justify-center rounded-lg text-soft hover:bg-sunken hover:text-ink"
      >
        <ArrowLeft aria-hidden className="size-4.5 rtl:-scale-x-100" />
      </Link>
      <Portrait url={portrait} name={name} className="size-9 text-lg" />
      <div className="min-w-0 flex-1 basis-52">
        <h1 className="truncate font-story text-xl leading-tight">{name}</h1>
        <p className="text-faint text-xs">
          {t(
            '≈ {permanent, plural, one {# token} other {# tokens}} in every prompt, {temporary, number} more at first (estimated)',
            { permanent, temporary },
          )}
        </p>
      </div>
      <p role="status" className="text-soft text-xs">
        {inWords(editing.state)}
      </p>
      <Button look="quiet" className="max-sm:hidden" onClick={() => setKeeping(true)}>
        {t('Keep this version')}
      </Button>
      {isKeeping && (
        <KeepVersionDialog characterId={character.id} document={editing.document} onClose={() => setKeeping(false)} />
      )}
    </header>
  )
}

function inWords({ kind }: SaveState): string {
  switch (kind) {
    case 'saved':
      return t('Saved')
    case 'saving':
      return t('Saving…')
    case 'failed':
      return t('Not saved: the disk is full, or refused. The next change tries again.')
    case 'gone':
      return t('Not saved: the character was deleted.')
    case 'changed-elsewhere':
      return t('Not saved')
  }
}

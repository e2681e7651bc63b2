import { useEffect } from 'react'
import { Link, useLocation } from 'wouter'
import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { useCharacters, useFileUrl } from '#state/characters.ts'
import { useImportCards, useImportReport } from '#state/import-cards.ts'
import { useServices } from '#state/services.tsx'
import { FileButton } from '#ui/file-button.tsx'
import { hueProps } from '#ui/hue.ts'
import { Page } from '#ui/page.tsx'
import { PlaceLink } from '#ui/place-link.tsx'

/** The characters one can chat with. */
export function LibraryScreen() {
  const { seedLibrary } = useServices()
  const characters = useCharacters()
  useEffect(() => void seedLibrary(), [seedLibrary])
  return (
    <Page
      title="Characters"
      actions={
        <>
          <PlaceLink href="/bin">Bin</PlaceLink>
          <ImportButton />
        </>
      }
    >
      <p className="-mt-3 text-sm text-soft">
        Card files (PNG, JSON, CHARX and more) can be dropped anywhere on the page.
      </p>
      <ul className="grid grid-cols-2 gap-4 sm:grid-cols-3 sm:gap-6 lg:grid-cols-4">
        {characters?.map((character) => (
          <Tile key={character.id} character={character} />
        ))}
      </ul>
    </Page>
  )
}

function Tile({ character }: { readonly character: Character }) {
  const portrait = useFileUrl(character.portraitId)
  const { name, her } = viewCard(character.document)
  return (
    <li {...hueProps(character.hue)}>
      <Link href={`/characters/${character.id}`} className="group flex flex-col gap-2 rounded-2xl">
        <span className="flex aspect-3/4 items-center justify-center overflow-hidden rounded-2xl border border-line bg-accent-wash font-story text-6xl text-accent">
          {portrait ? (
            <img
              src={portrait}
              alt=""
              className="size-full object-cover object-top transition-transform group-hover:scale-[1.02]"
            />
          ) : (
            <span aria-hidden>{Array.from(name)[0] ?? '?'}</span>
          )}
        </span>
        <span className="flex flex-col px-1">
          <span className="font-story text-lg leading-snug">{name}</span>
          {her.book && <span className="text-faint text-xs">{her.book}</span>}
        </span>
      </Link>
    </li>
  )
}

function ImportButton() {
  const importCards = useImportCards()
  const isReading = useImportReport((report) => report.isReading)
  const [, navigate] = useLocation()

  async function take(files: readonly File[]) {
    const outcomes = await importCards(files)
    const [only] = outcomes
    if (outcomes.length !== 1) return
    if (only?.characterId) navigate(`/characters/${only.characterId}`)
    // A lorebook that was taken for a card.
    else if (only?.lorebookId) navigate(`/lorebooks/${only.lorebookId}`)
  }

  return (
    <FileButton
      label="Import card"
      accept=".png,.apng,.webp,.jpg,.jpeg,.json,.charx,.byaf,.yaml,.yml,.zip,image/png,image/webp,image/jpeg,application/json,application/zip"
      isBusy={isReading}
      onFiles={(files) => void take(files)}
    />
  )
}

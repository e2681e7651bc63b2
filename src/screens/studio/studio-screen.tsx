import { Suspense, useMemo } from 'react'
import { Link, useLocation } from 'wouter'
import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { CharacterId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useCardEditing } from '#state/card-editing.ts'
import { useCharacter } from '#state/characters.ts'
import { type Command, useCommands } from '#state/commands.ts'
import { classNames } from '#ui/class-names.ts'
import { hueProps } from '#ui/hue.ts'
import { NotHere } from '#ui/not-here.tsx'
import { useMedia } from '#ui/use-media.ts'
import { CardTab } from './card-tab.tsx'
import { ConflictNote } from './conflict-note.tsx'
import { PreviewPanel } from './preview-panel.tsx'
import { StudioHeader } from './studio-header.tsx'
import { studioTabs } from './studio-tabs.ts'

interface Props {
  readonly id: string
  /** Which of the tabs is open; the card itself without one. */
  readonly tab: string | undefined
}

/** Where a card is written: its fields on one side, what they make on the other. Everything saves itself. */
export function StudioScreen({ id, tab }: Props) {
  const character = useCharacter(id as CharacterId)
  if (character === undefined) return <main className="h-full" />
  if (character === null || character.deletedAt !== undefined) {
    return (
      <NotHere title={t('There is no such character here')} href="/characters">
        {t('All characters')}
      </NotHere>
    )
  }
  return <Studio key={character.id} character={character} tab={tab} />
}

/** Every tab can be gone to by its name. */
function useTabCommands(base: string): void {
  const [, navigate] = useLocation()
  const commands = useMemo(
    () =>
      studioTabs.map(
        ({ path, label }): Command => ({
          id: `studio-${path}`,
          title: t('Studio: {tab}', { tab: label }),
          group: 'Go to',
          run: () => navigate(`${base}/${path}`),
        }),
      ),
    [base, navigate],
  )
  useCommands(commands)
}

/** On a phone not all of them are in sight. */
function showTab(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}

function Studio({ character, tab }: { readonly character: Character; readonly tab: string | undefined }) {
  const editing = useCardEditing(character)
  const isWide = useMedia('(min-width: 80rem)')
  const { document, change, replaced } = editing
  const base = `/characters/${character.id}/edit`
  const open = studioTabs.find(({ path }) => path === tab)
  const isPreview = tab === 'preview' && !isWide
  const hasPreview = isWide && (open === undefined || open.hasPreview)
  const { name } = viewCard(document)
  const here = isPreview ? 'preview' : (open?.path ?? '')
  const tabs = [
    { path: '', label: t('Card') },
    // Where there is room it is beside the forms.
    ...(isWide ? [] : [{ path: 'preview', label: t('Preview') }]),
    ...studioTabs,
  ]

  useTabCommands(base)

  return (
    <main
      className="flex h-full flex-col"
      {...hueProps(character.hue)}
      onBlur={(event) => {
        if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement)
          void editing.flush()
      }}
    >
      <StudioHeader {...{ character, editing, name }} />
      <nav aria-label={t('Studio')} className="flex shrink-0 gap-1 overflow-x-auto border-line border-b px-2 sm:px-4">
        {tabs.map(({ path, label }) => (
          <Link
            key={path}
            ref={path === here ? showTab : undefined}
            href={path === '' ? base : `${base}/${path}`}
            aria-current={path === here ? 'page' : undefined}
            className="flex min-h-10 shrink-0 items-center border-transparent border-b-2 px-3 text-sm text-soft hover:text-ink aria-[current=page]:border-accent aria-[current=page]:text-ink"
          >
            {label}
          </Link>
        ))}
      </nav>
      <ConflictNote editing={editing} />
      <div className={classNames('grid min-h-0 flex-1', hasPreview && 'grid-cols-[minmax(0,1fr)_minmax(0,27rem)]')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section aria-label={t('Editor')} tabIndex={0} className="min-h-0 overflow-y-auto px-4 py-5 sm:px-8">
          <div className={classNames('mx-auto flex flex-col', hasPreview || !open ? 'max-w-3xl' : 'max-w-4xl')}>
            <Suspense fallback={null}>
              {isPreview ? (
                <PreviewPanel {...{ character, document }} />
              ) : open ? (
                <open.Part key={replaced} characterId={character.id} document={document} change={change} />
              ) : (
                <CardTab key={replaced} {...{ character, document, change }} />
              )}
            </Suspense>
          </div>
        </section>
        {hasPreview && (
          <aside
            aria-label={t('Preview')}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
            tabIndex={0}
            className="min-h-0 overflow-y-auto border-line border-s bg-sunken/50 px-5 py-5"
          >
            <PreviewPanel {...{ character, document }} />
          </aside>
        )}
      </div>
    </main>
  )
}

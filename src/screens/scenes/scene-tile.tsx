import { Download, KeyRound, Pencil, Trash2 } from 'lucide-react'
import { Link } from 'wouter'
import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { KeptScene } from '#core/scene-file/kept-scene.ts'
import { t } from '#lib/translate.ts'
import { rememberDeletion } from '#state/deletions.ts'
import { useServices } from '#state/services.tsx'
import { useThumbnail } from '#state/thumbnails.ts'
import { Button } from '#ui/button.tsx'
import { hueProps } from '#ui/hue.ts'
import { Portrait } from '#ui/portrait.tsx'
import { showToast } from '#ui/toasts.tsx'
import { castNames, type Entries } from './entries.ts'
import { shareScene } from './share-scene.ts'

/** Faces of a tile; whoever else is in the scene is in its line of names. */
const mostFaces = 6

interface Props {
  readonly scene: KeptScene
  readonly entries: Entries
  readonly onBegin: () => void
  /** It is the reader's own, and can be edited and deleted. */
  readonly isKept?: true
  readonly onCopy?: () => void
}

/** A scene in the list: what it is about, who is in it, and the way into it. */
export function SceneTile({ scene, entries, onBegin, isKept, onCopy }: Props) {
  const { keptScenes, sceneFiles } = useServices()
  const { id, title, about, scenario, book, cast, secrets } = scene
  const name = title || t('A scene without a title')
  const first = cast[0] && entries.get(cast[0])
  const secretCount = Object.keys(secrets ?? {}).length

  async function remove() {
    const undo = rememberDeletion(await (await keptScenes()).remove(id))
    showToast(t('{name} deleted. Chats that were begun from it stay.', { name }), {
      action: { label: t('Undo'), run: () => void undo() },
    })
  }

  return (
    <li
      {...hueProps(first?.hue ?? 50)}
      className="flex min-w-0 flex-col gap-3 rounded-2xl border border-line bg-raised p-4 sm:p-5"
    >
      <div className="flex items-center gap-3">
        <div className="flex shrink-0 -space-x-2.5">
          {cast.slice(0, mostFaces).map((characterId) => (
            <Face key={characterId} entry={entries.get(characterId)} />
          ))}
        </div>
        {secretCount > 0 && (
          <span className="ms-auto flex items-center gap-1 text-faint text-xs">
            <KeyRound aria-hidden className="size-3.5" />
            {t('{count, plural, one {a secret} other {# secrets}}', { count: secretCount })}
          </span>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-1">
        <h3 className="font-story text-lg leading-snug">
          {isKept ? (
            <Link href={`/scenes/${id}`} className="hover:text-accent">
              {name}
            </Link>
          ) : (
            name
          )}
        </h3>
        <p className="text-accent text-xs">{castNames(scene, entries) || t('Nobody is in it yet')}</p>
        <p className="line-clamp-4 text-sm text-soft leading-relaxed">{about || scenario}</p>
        {book && <p className="text-faint text-xs italic">{book}</p>}
      </div>
      <div className="mt-auto flex flex-wrap items-center gap-1 pt-1">
        <Button look="primary" disabled={cast.length === 0} aria-label={t('Begin {name}', { name })} onClick={onBegin}>
          {t('Begin')}
        </Button>
        {isKept ? (
          <Link
            href={`/scenes/${id}`}
            aria-label={t('Edit {name}', { name })}
            className="ms-auto inline-flex min-h-9 items-center gap-1.5 rounded-lg px-2.5 text-sm text-soft hover:bg-sunken hover:text-ink"
          >
            <Pencil aria-hidden className="size-4" /> {t('Edit')}
          </Link>
        ) : (
          <Button look="quiet" className="ms-auto" aria-label={t('Edit a copy of {name}', { name })} onClick={onCopy}>
            <Pencil aria-hidden className="size-4" /> {t('Edit a copy')}
          </Button>
        )}
        <Button
          look="quiet"
          aria-label={t('Share {name}', { name })}
          title={t('Save it with its cast as one file')}
          disabled={cast.length === 0}
          onClick={() => void shareScene(sceneFiles, scene)}
        >
          <Download aria-hidden className="size-4" /> {t('Share')}
        </Button>
        {isKept && (
          <Button
            look="quiet"
            aria-label={t('Delete {name}', { name })}
            title={t('Delete')}
            onClick={() => void remove()}
          >
            <Trash2 aria-hidden className="size-4" />
          </Button>
        )}
      </div>
    </li>
  )
}

function Face({ entry }: { readonly entry: CatalogueEntry | undefined }) {
  return entry ? (
    <KnownFace entry={entry} />
  ) : (
    <Portrait url={undefined} name="?" className="size-11 border-2 border-raised" />
  )
}

function KnownFace({ entry }: { readonly entry: CatalogueEntry }) {
  const portrait = useThumbnail(entry)
  return (
    <span {...hueProps(entry.hue)} className="flex">
      <Portrait url={portrait} name={entry.name} className="size-11 border-2 border-raised text-lg" />
    </span>
  )
}

import { X } from 'lucide-react'
import { useId, useMemo, useState } from 'react'
import { createBudget } from '#core/cards/budget.ts'
import type { CardDocument } from '#core/cards/card.ts'
import type { CardFile } from '#core/cards/card-file.ts'
import { pictureIn } from '#core/cards/card-picture.ts'
import type { Character } from '#core/cards/character.ts'
import { addAsset, editAsset, removeAsset } from '#core/cards/edit-assets.ts'
import { type Asset, fileInAddress, findAssets } from '#core/cards/find-asset.ts'
import { t } from '#lib/translate.ts'
import { useBlobUrl } from '#state/blob-url.ts'
import { useCardFiles, useStudio } from '#state/studio.ts'
import { Button } from '#ui/button.tsx'
import { TextInput } from '#ui/field.tsx'
import { FileButton } from '#ui/file-button.tsx'
import { showToast } from '#ui/toasts.tsx'
import { Group } from './group.tsx'

/** The kinds that Character Card V3 knows, and what readers make of them. */
const knownTypes = ['emotion', 'icon', 'background', 'user_icon', 'other']

/** More are shown when they are asked for: some cards bring hundreds. */
const shownAtFirst = 24

interface Props {
  readonly character: Character
  readonly document: CardDocument
  readonly change: (document: CardDocument) => void
}

/** What a V3 card comes with beside its portrait. Nothing is fetched from anywhere. */
export function AssetList({ character, document, change }: Props) {
  const studio = useStudio()
  const files = useCardFiles(character)
  const typesId = useId()
  const [isWhole, setWhole] = useState(false)
  const assets = useMemo(() => findAssets(document, files ?? []), [document, files])
  const shown = isWhole ? assets : assets.slice(0, shownAtFirst)

  async function add(added: readonly File[]) {
    const made = await studio()
    const taken = new Set((files ?? []).map(({ path }) => path))
    let edited = document
    for (const file of added) {
      const { path, name, ext } = pathFor(file.name, taken)
      taken.add(path)
      await made.addFile(character.id, path, file)
      edited = addAsset(edited, { type: 'emotion', name, path, ext })
    }
    change(edited)
  }

  function remove(asset: Asset) {
    const before = document
    change(removeAsset(document, asset.index))
    showToast(t('“{name}” removed.', { name: asset.name || asset.uri }), {
      action: { label: t('Undo'), run: () => change(before) },
    })
  }

  return (
    <Group
      title={t('Expressions and other files')}
      about={t(
        'They travel in CHARX archives. An expression is a picture of type “emotion”, named after what it shows.',
      )}
    >
      {assets.length > 0 && (
        <ul aria-label={t('Files')} className="flex flex-col gap-2">
          {shown.map((asset) => (
            <li key={asset.index} className="flex flex-wrap items-center gap-2 rounded-xl border border-line p-2">
              <AssetPicture asset={asset} />
              <TextInput
                aria-label={t('Type of file {number, number}', { number: asset.index + 1 })}
                list={typesId}
                className="max-w-36"
                value={asset.type}
                onChange={(event) => change(editAsset(document, asset.index, 'type', event.target.value))}
              />
              <TextInput
                aria-label={t('Name of file {number, number}', { number: asset.index + 1 })}
                className="max-w-44"
                value={asset.name}
                onChange={(event) => change(editAsset(document, asset.index, 'name', event.target.value))}
              />
              <span className="min-w-0 flex-1 basis-32 truncate text-faint text-xs">{whereIs(asset, files)}</span>
              <Button
                look="quiet"
                aria-label={asset.name ? t('Remove {name}', { name: asset.name }) : t('Remove this file')}
                onClick={() => remove(asset)}
              >
                <X aria-hidden className="size-4" />
              </Button>
            </li>
          ))}
        </ul>
      )}
      <datalist id={typesId}>
        {knownTypes.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
      <div className="flex flex-wrap gap-2">
        <FileButton
          label={t('Add files')}
          look="plain"
          accept="image/*,audio/*,video/*"
          isBusy={!files}
          onFiles={(all) => void add(all)}
        />
        {assets.length > shown.length && (
          <Button onClick={() => setWhole(true)}>{t('Show all {count, number}', { count: assets.length })}</Button>
        )}
      </div>
    </Group>
  )
}

/** A picture in small, where the file is here and is one. */
function AssetPicture({ asset: { uri, file } }: { readonly asset: Asset }) {
  const picture = useMemo(() => {
    const held: CardFile | undefined = file ?? fileInAddress(uri)
    const found = held && pictureIn(held, createBudget())
    return found?.ok ? new Blob([found.value.bytes as Uint8Array<ArrayBuffer>], { type: found.value.type }) : undefined
  }, [file, uri])
  const url = useBlobUrl(picture)
  return (
    <span className="size-12 shrink-0 overflow-hidden rounded-lg bg-sunken">
      {url && <img src={url} alt="" className="size-full object-cover object-top" />}
    </span>
  )
}

function whereIs({ uri, file }: Asset, files: readonly CardFile[] | undefined): string {
  if (uri === 'ccdefault:') return t('The portrait')
  if (file) return file.path
  if (uri.startsWith('data:')) return t('In the card itself')
  if (/^https?:/i.test(uri)) return t('{uri} (not fetched)', { uri })
  return files ? t('{uri} is missing', { uri }) : ''
}

function pathFor(fileName: string, taken: ReadonlySet<string>) {
  const [, stem = fileName, ext = 'bin'] = /^(.*)\.([a-z0-9]{1,5})$/i.exec(fileName) ?? []
  const plain = stem.replace(/[^\w-]+/g, '_').slice(0, 60) || 'file'
  let path = `assets/emotion/images/${plain}.${ext}`
  for (let count = 2; taken.has(path); count++) path = `assets/emotion/images/${plain}_${count}.${ext}`
  return { path, name: stem, ext: ext.toLowerCase() }
}

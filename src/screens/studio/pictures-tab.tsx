import { useState } from 'react'
import { checkPicture } from '#core/cards/card-picture.ts'
import { describeCardWarning } from '#core/cards/card-warning.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { t } from '#lib/translate.ts'
import { useCharacter, useFileUrl } from '#state/characters.ts'
import { useReadFile, useStudio } from '#state/studio.ts'
import { Button } from '#ui/button.tsx'
import { FileButton } from '#ui/file-button.tsx'
import { showToast } from '#ui/toasts.tsx'
import { AssetList } from './asset-list.tsx'
import { CropDialog } from './crop-dialog.tsx'
import { Group } from './group.tsx'
import type { StudioTabProps } from './studio-tab.ts'

/** The portrait, and every other picture and file that goes with the card. */
export function PicturesTab({ characterId, document, change }: StudioTabProps) {
  const studio = useStudio()
  const readFile = useReadFile()
  const character = useCharacter(characterId)
  const portrait = useFileUrl(character?.portraitId)
  const [cropped, setCropped] = useState<Blob>()
  const { name } = viewCard(document)
  if (!character) return null
  const source = character.portraitSourceId ?? character.portraitId

  async function choose([file]: readonly File[]) {
    if (!file) return
    const checked = checkPicture(new Uint8Array(await file.arrayBuffer()))
    if (checked.ok) setCropped(file)
    else showToast(describeCardWarning(checked.error), { tone: 'danger' })
  }

  async function use(picture: Blob, whole: Blob | undefined) {
    setCropped(undefined)
    await (await studio()).setPortrait(characterId, picture, whole)
  }

  return (
    <>
      <Group
        title={t('Portrait')}
        about={t('The page takes its colour from it. The whole picture is kept beside what you cut.')}
      >
        <div className="flex flex-wrap items-start gap-5">
          {portrait ? (
            <img
              src={portrait}
              alt={t('Portrait of {name}', { name })}
              className="max-h-72 max-w-48 rounded-2xl border border-line"
            />
          ) : (
            <p className="flex h-56 w-42 items-center justify-center rounded-2xl border border-line border-dashed text-faint text-sm">
              {t('No picture yet')}
            </p>
          )}
          <div className="flex flex-col items-start gap-2">
            <FileButton
              label={portrait ? t('Choose another picture') : t('Choose a picture')}
              accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
              isBusy={false}
              onFiles={(files) => void choose(files)}
            />
            {source && (
              <Button look="quiet" onClick={() => void readFile(source).then(setCropped)}>
                {t('Crop it again')}
              </Button>
            )}
          </div>
        </div>
      </Group>
      <AssetList {...{ character, document, change }} />
      {cropped && (
        <CropDialog
          picture={cropped}
          onUse={(picture, whole) => void use(picture, whole)}
          onClose={() => setCropped(undefined)}
        />
      )}
    </>
  )
}

import { useState } from 'react'
import type { CardFormat } from '#core/cards/write-card.ts'
import { t } from '#lib/translate.ts'
import { useStudio } from '#state/studio.ts'
import { Button } from '#ui/button.tsx'
import { saveFile } from '#ui/save-file.ts'
import { Group } from './group.tsx'
import type { StudioTabProps } from './studio-tab.ts'

const formats: readonly { readonly format: CardFormat; readonly label: string; readonly about: string }[] = [
  {
    format: 'png',
    label: t('PNG card'),
    about: t('The portrait with the card in it, for every program: V2 and V3 in one file. Other pictures stay behind.'),
  },
  {
    format: 'charx',
    label: 'CHARX',
    about: t('Everything in one archive: the card (V3), its portrait, and every picture and file that goes with it.'),
  },
  { format: 'json-v3', label: t('JSON, V3'), about: t('The card’s text alone, in the newer format. No pictures.') },
  {
    format: 'json-v2',
    label: t('JSON, V2'),
    about: t('The card’s text alone, for older programs. What only V3 has they pass over; lore loses its decorators.'),
  },
]

/** The card as a file, to keep or to give away. */
export function ExportTab({ characterId, document }: StudioTabProps) {
  const studio = useStudio()
  const [busy, setBusy] = useState<CardFormat>()

  async function save(format: CardFormat) {
    setBusy(format)
    try {
      const { blob, fileName } = await (await studio()).export(characterId, document, format)
      saveFile(blob, fileName)
    } finally {
      setBusy(undefined)
    }
  }

  return (
    <Group title={t('Export')} about={t('What nobody edited goes out as it came in, known to Subtext or not.')}>
      <ul className="flex flex-col gap-2">
        {formats.map(({ format, label, about }) => (
          <li key={format} className="flex flex-wrap items-center gap-3 rounded-xl border border-line px-4 py-3">
            <span className="flex min-w-0 flex-1 basis-64 flex-col">
              <span className="font-medium text-sm">{label}</span>
              <span className="text-faint text-xs">{about}</span>
            </span>
            <Button
              disabled={busy !== undefined}
              onClick={() => void save(format)}
              aria-label={t('Save as {format}', { format: label })}
            >
              {busy === format ? t('Writing…') : t('Save')}
            </Button>
          </li>
        ))}
      </ul>
    </Group>
  )
}

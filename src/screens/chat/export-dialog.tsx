import { useEffect, useState } from 'react'
import type { Layer } from '#core/her/segment.ts'
import type { LayerChoice } from '#core/story/story.ts'
import type { ExportChoice, ExportFormat } from '#core/story/write-chat.ts'
import { locale, t } from '#lib/translate.ts'
import { useCharacter, useFileUrl } from '#state/characters.ts'
import type { Layers } from '#state/layers.ts'
import { useLayers, useLayout } from '#state/layout.ts'
import { useWrittenChat } from '#state/write-chat.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Field, Select } from '#ui/field.tsx'
import { redrawPicture } from '#ui/redraw-picture.ts'
import { printPage, saveFile } from '#ui/save-file.ts'
import { showToast } from '#ui/toasts.tsx'
import type { ChatDialogProps } from './chat-dialog-props.ts'
import { layerLabels } from './layer-labels.ts'

const formats: readonly { readonly value: ExportFormat; readonly label: string; readonly hint: string }[] = [
  { value: 'markdown', label: t('Markdown'), hint: t('For notes and forums.') },
  { value: 'html', label: t('Web page'), hint: t('One file that needs nothing else, for any browser.') },
  { value: 'text', label: t('Text'), hint: t('Plain words, a name before each turn.') },
  {
    value: 'subtext',
    label: t('Subtext (JSON)'),
    hint: t('Comes back here as it is: “Import chat” on the Chats page.'),
  },
  { value: 'sillytavern', label: t('SillyTavern (JSONL)'), hint: t('Planning becomes the reasoning of a message.') },
  { value: 'book', label: t('Book for print'), hint: t('Two columns: the scene left, the private diary right.') },
  {
    value: 'script',
    label: t('Script for print'),
    hint: t('As a play: names, stage directions, lines; thoughts as asides.'),
  },
  { value: 'script-markdown', label: t('Script (Markdown)'), hint: t('The play, for notes and forums.') },
  { value: 'script-text', label: t('Script (text)'), hint: t('The play, in plain words.') },
]

const shownLayers: Readonly<Record<Layers, readonly Layer[]>> = {
  words: ['speech', 'role_action'],
  thoughts: ['speech', 'role_action', 'role_thinking'],
  planning: ['speech', 'role_action', 'role_thinking', 'system_thinking'],
}

/** What is wide in the page when it is printed. */
const portraitWidth = 384

const sizes = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 })

/** Saves the chat as a file: which form, which layers, how much of the tree. */
export function ExportDialog({ conversation, onClose }: ChatDialogProps) {
  const depth = useLayers(conversation)
  const isScript = useLayout(({ scriptChats }) => scriptChats[conversation.id] === true)
  const [format, setFormat] = useState<ExportFormat>(isScript ? 'script' : 'markdown')
  const [chosenLayers, setChosenLayers] = useState<LayerChoice>()
  const [extent, setExtent] = useState<ExportChoice['extent']>('tree')
  const [marks, setMarks] = useState<ExportChoice['marks']>('tags')
  const portrait = usePortrait(conversation.characterId, format === 'html' || format === 'book')
  // Our own file is for keeping, so it has everything unless the reader says otherwise.
  const layers = chosenLayers ?? new Set(shownLayers[format === 'subtext' ? 'planning' : depth])
  const written = useWrittenChat(conversation.id, { format, layers, extent, marks, ...(portrait && { portrait }) })

  const isForPrint = format === 'book' || format === 'script'

  function toggle(layer: Layer) {
    const next = new Set(layers)
    if (!next.delete(layer)) next.add(layer)
    setChosenLayers(next)
  }

  async function copy(blob: Blob) {
    await navigator.clipboard.writeText(await blob.text())
    showToast(t('Copied.'))
  }

  function print(blob: Blob) {
    if (!printPage(blob)) showToast(t('The browser opened no tab. Save the page, open it and print it from there.'))
  }

  return (
    <Dialog title={t('Export')} onClose={onClose}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('Format')} hint={formats.find(({ value }) => value === format)?.hint}>
          {(ids) => (
            <Select {...ids} value={format} onChange={(event) => setFormat(event.target.value as ExportFormat)}>
              {formats.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {(format === 'subtext' || format === 'sillytavern') && (
          <Field label={t('How much')}>
            {(ids) => (
              <Select
                {...ids}
                value={extent}
                onChange={(event) => setExtent(event.target.value as ExportChoice['extent'])}
              >
                <option value="path">{t('What is read now')}</option>
                <option value="tree">
                  {format === 'subtext' ? t('All takes and branches') : t('Other takes too, as swipes')}
                </option>
              </Select>
            )}
          </Field>
        )}
        {format === 'sillytavern' && (
          <Field
            label={t('Thoughts and actions')}
            hint={t('Tags come back here as they were; marks look right there.')}
          >
            {(ids) => (
              <Select
                {...ids}
                value={marks}
                onChange={(event) => setMarks(event.target.value as ExportChoice['marks'])}
              >
                <option value="tags">{t('In HER’s tags')}</option>
                <option value="plain">{t('As *acts* and [thinks]')}</option>
              </Select>
            )}
          </Field>
        )}
      </div>
      <fieldset className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
        <legend className="mb-1.5 font-medium">{t('Layers')}</legend>
        {shownLayers.planning.map((layer) => (
          <label key={layer} className="flex min-h-9 items-center gap-2">
            <input
              type="checkbox"
              className="size-4 accent-(--color-accent)"
              checked={layers.has(layer)}
              onChange={() => toggle(layer)}
            />
            {layerLabels[layer]}
          </label>
        ))}
      </fieldset>
      <Field label={t('How it begins')}>
        {(ids) => (
          <textarea
            {...ids}
            readOnly
            rows={8}
            className="w-full resize-none rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs"
            value={layers.size === 0 ? t('Choose at least one layer.') : (written?.preview ?? '')}
          />
        )}
      </Field>
      <p className="min-h-5 break-all text-faint text-xs" aria-live="polite">
        {written ? `${written.fileName}, ${sizeOf(written.blob)}` : layers.size > 0 && t('Writing…')}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{t('Close')}</Button>
        {/* Pages of a plain http address have no clipboard. */}
        {format !== 'html' && !isForPrint && navigator.clipboard && (
          <Button disabled={!written} onClick={() => written && void copy(written.blob)}>
            {t('Copy')}
          </Button>
        )}
        {isForPrint && (
          <Button disabled={!written} onClick={() => written && print(written.blob)}>
            {t('Print')}
          </Button>
        )}
        <Button look="primary" disabled={!written} onClick={() => written && saveFile(written.blob, written.fileName)}>
          {t('Save')}
        </Button>
      </div>
    </Dialog>
  )
}

/** The character's picture for a page that stands by itself, once it is drawn. */
function usePortrait(characterId: ChatDialogProps['conversation']['characterId'], isWanted: boolean) {
  const character = useCharacter(characterId)
  const url = useFileUrl(isWanted ? character?.portraitId : undefined)
  const [portrait, setPortrait] = useState<string>()
  useEffect(() => {
    if (!url) return
    let isGone = false
    void redrawPicture(url, portraitWidth).then((drawn) => {
      if (!isGone) setPortrait(drawn)
    })
    return () => {
      isGone = true
    }
  }, [url])
  return isWanted ? portrait : undefined
}

function sizeOf({ size }: Blob): string {
  if (size < 1000) return t('{size, plural, one {# byte} other {# bytes}}', { size })
  return size < 1_000_000
    ? t('{size} kB', { size: sizes.format(size / 1000) })
    : t('{size} MB', { size: sizes.format(size / 1_000_000) })
}

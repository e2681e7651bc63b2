import { useEffect, useState } from 'react'
import type { Layer } from '#core/her/segment.ts'
import type { LayerChoice } from '#core/story/story.ts'
import type { ExportChoice, ExportFormat } from '#core/story/write-chat.ts'
import { locale } from '#lib/translate.ts'
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
  { value: 'markdown', label: 'Markdown', hint: 'For notes and forums.' },
  { value: 'html', label: 'Web page', hint: 'One file that needs nothing else, for any browser.' },
  { value: 'text', label: 'Text', hint: 'Plain words, a name before each turn.' },
  { value: 'subtext', label: 'Subtext (JSON)', hint: 'Comes back here as it is: “Import chat” on the Chats page.' },
  { value: 'sillytavern', label: 'SillyTavern (JSONL)', hint: 'Planning becomes the reasoning of a message.' },
  { value: 'book', label: 'Book for print', hint: 'Two columns: the scene left, the private diary right.' },
  {
    value: 'script',
    label: 'Script for print',
    hint: 'As a play: names, stage directions, lines; thoughts as asides.',
  },
  { value: 'script-markdown', label: 'Script (Markdown)', hint: 'The play, for notes and forums.' },
  { value: 'script-text', label: 'Script (text)', hint: 'The play, in plain words.' },
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
    showToast('Copied.')
  }

  function print(blob: Blob) {
    if (!printPage(blob)) showToast('The browser opened no tab. Save the page, open it and print it from there.')
  }

  return (
    <Dialog title="Export" onClose={onClose}>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Format" hint={formats.find(({ value }) => value === format)?.hint}>
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
          <Field label="How much">
            {(ids) => (
              <Select
                {...ids}
                value={extent}
                onChange={(event) => setExtent(event.target.value as ExportChoice['extent'])}
              >
                <option value="path">What is read now</option>
                <option value="tree">
                  {format === 'subtext' ? 'All takes and branches' : 'Other takes too, as swipes'}
                </option>
              </Select>
            )}
          </Field>
        )}
        {format === 'sillytavern' && (
          <Field label="Thoughts and actions" hint="Tags come back here as they were; marks look right there.">
            {(ids) => (
              <Select
                {...ids}
                value={marks}
                onChange={(event) => setMarks(event.target.value as ExportChoice['marks'])}
              >
                <option value="tags">In HER’s tags</option>
                <option value="plain">As *acts* and [thinks]</option>
              </Select>
            )}
          </Field>
        )}
      </div>
      <fieldset className="flex flex-wrap gap-x-5 gap-y-2 text-sm">
        <legend className="mb-1.5 font-medium">Layers</legend>
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
      <Field label="How it begins">
        {(ids) => (
          <textarea
            {...ids}
            readOnly
            rows={8}
            className="w-full resize-none rounded-lg border border-line bg-sunken px-3 py-2 font-mono text-xs"
            value={layers.size === 0 ? 'Choose at least one layer.' : (written?.preview ?? '')}
          />
        )}
      </Field>
      <p className="min-h-5 break-all text-faint text-xs" aria-live="polite">
        {written ? `${written.fileName}, ${sizeOf(written.blob)}` : layers.size > 0 && 'Writing…'}
      </p>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Close</Button>
        {/* Pages of a plain http address have no clipboard. */}
        {format !== 'html' && !isForPrint && navigator.clipboard && (
          <Button disabled={!written} onClick={() => written && void copy(written.blob)}>
            Copy
          </Button>
        )}
        {isForPrint && (
          <Button disabled={!written} onClick={() => written && print(written.blob)}>
            Print
          </Button>
        )}
        <Button look="primary" disabled={!written} onClick={() => written && saveFile(written.blob, written.fileName)}>
          Save
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
  if (size < 1000) return `${size} bytes`
  return size < 1_000_000 ? `${sizes.format(size / 1000)} kB` : `${sizes.format(size / 1_000_000)} MB`
}

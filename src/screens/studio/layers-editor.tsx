import { Plus } from 'lucide-react'
import { useState } from 'react'
import {
  inHerTags,
  joinLayers,
  type LayerPart,
  newPart,
  notationOf,
  splitLayers,
  withLayer,
} from '#core/her/layered-text.ts'
import type { Layer } from '#core/her/segment.ts'
import { moved } from '#lib/moved.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { Select, TextArea } from '#ui/field.tsx'
import { MoveButtons } from '#ui/move-buttons.tsx'
import { showToast } from '#ui/toasts.tsx'
import { layerVerbs } from './layer-verbs.ts'

interface KeyedPart extends LayerPart {
  readonly key: number
}

interface Props {
  readonly title: string
  /** What the text is called within a label. */
  readonly name: string
  readonly speaker: string
  readonly text: string
  readonly onChange: (text: string) => void
}

const offered = ['speech', 'role_action', 'role_thinking'] as const

const looks: Readonly<Record<Layer, string>> = {
  speech: 'font-story sm:text-base',
  role_action: 'font-story italic text-soft sm:text-base',
  role_thinking: 'font-story italic text-soft sm:text-base',
  system_thinking: 'text-soft',
}

/**
 * A text layer by layer. What is not touched keeps its marks and blanks to the letter; a part that is put into another
 * layer gets the marks of the notation the text has.
 */
export function LayersEditor({ title, name, speaker, text, onChange }: Props) {
  const [shown, setShown] = useState(() => ({ text, parts: keyed(splitLayers(text, speaker), 0) }))
  // Somebody else's text is taken apart anew; what was written here keeps the parts as the reader made them.
  if (shown.text !== text) setShown({ text, parts: keyed(splitLayers(text, speaker), nextKey(shown.parts)) })
  const { parts } = shown
  const notation = notationOf(text)

  function write(next: readonly KeyedPart[]) {
    const joined = joinLayers(next)
    setShown({ text: joined, parts: next })
    onChange(joined)
  }
  const edit = (key: number, change: (part: KeyedPart) => KeyedPart) =>
    write(parts.map((part) => (part.key === key ? change(part) : part)))
  const add = (layer: Layer) => write([...parts, { ...newPart(layer, notation, parts.at(-1)), key: nextKey(parts) }])

  function writeInTags() {
    const before = text
    onChange(inHerTags(parts))
    showToast(t('{greeting} is in HER’s tags now.', { greeting: title }), {
      action: { label: t('Undo'), run: () => onChange(before) },
    })
  }

  return (
    <>
      <ol aria-label={t('Layers of {greeting}', { greeting: name })} className="flex flex-col gap-4 sm:gap-2">
        {parts.map((part, index) => {
          const number = index + 1
          return (
            <li
              key={part.key}
              className={classNames(
                'flex flex-wrap items-start gap-2 sm:flex-nowrap',
                part.layer === 'role_thinking' && 'border-accent/60 border-s-2 ps-2',
              )}
            >
              <span className="flex-1 sm:w-28 sm:flex-none">
                <Select
                  aria-label={t('Layer of part {number, number}', { number })}
                  value={part.layer}
                  onChange={({ target }) =>
                    edit(part.key, (one) => ({ ...withLayer(one, target.value as Layer, notation), key: one.key }))
                  }
                >
                  {/* Planning is a model's; where a text has some it can be read, and made something else. */}
                  {[...offered, ...(part.layer === 'system_thinking' ? (['system_thinking'] as const) : [])].map(
                    (layer) => (
                      <option key={layer} value={layer}>
                        {layerVerbs[layer]}
                      </option>
                    ),
                  )}
                </Select>
              </span>
              <TextArea
                aria-label={t('Words of part {number, number}', { number })}
                className={classNames('field-sizing-content order-last min-h-10 sm:order-none', looks[part.layer])}
                value={part.text}
                onChange={({ target }) => edit(part.key, (one) => ({ ...one, text: target.value }))}
              />
              <MoveButtons
                name={t('part {number, number}', { number })}
                up={index > 0 ? () => write(moved(parts, index, index - 1)) : undefined}
                down={index < parts.length - 1 ? () => write(moved(parts, index, index + 1)) : undefined}
                onRemove={() => write(parts.filter(({ key }) => key !== part.key))}
              />
            </li>
          )
        })}
      </ol>
      <div className="flex flex-wrap items-center gap-x-1 gap-y-1">
        {offered.map((layer) => (
          <Button key={layer} look="quiet" onClick={() => add(layer)}>
            <Plus aria-hidden className="size-4" /> {layerVerbs[layer]}
          </Button>
        ))}
        {notation === 'prose' && parts.length > 0 && (
          <Button look="quiet" className="ms-auto" onClick={writeInTags}>
            {t('Write it in HER’s tags')}
          </Button>
        )}
      </div>
      <p className="text-faint text-xs">
        {notation === 'her'
          ? t('Written in HER’s tags, as HER models write.')
          : t(
              'Written as role-play prose: *acts* between stars. A thought is put into HER’s tag; prose has no mark for it.',
            )}
      </p>
    </>
  )
}

function keyed(parts: readonly LayerPart[], from: number): readonly KeyedPart[] {
  return parts.map((part, index) => ({ ...part, key: from + index }))
}

function nextKey(parts: readonly KeyedPart[]): number {
  return Math.max(-1, ...parts.map(({ key }) => key)) + 1
}

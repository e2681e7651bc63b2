import { useEffect, useState } from 'react'
import type { Layer } from '#core/her/segment.ts'
import type { CharacterId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useCatalogue } from '#state/characters.ts'
import { type Findings, type Question, useSearch } from '#state/search.ts'
import { Field, Select } from '#ui/field.tsx'
import { Page } from '#ui/page.tsx'
import { FoundItem } from './found-item.tsx'

const layers: readonly { readonly layer: Layer; readonly label: string }[] = [
  { layer: 'speech', label: t('Speech') },
  { layer: 'role_action', label: t('Action') },
  { layer: 'role_thinking', label: t('Inner thought') },
  { layer: 'system_thinking', label: t('Planning') },
]

const allLayers = layers.map(({ layer }) => layer)
/** After the last key the question is kept in the address, so that the way back leads to it. */
const keepAfterMs = 500

/** Looks through every chat, every branch and every layer. */
export function SearchScreen() {
  const [question, setQuestion] = useState(questionOfAddress)
  const change = (part: Partial<Question>) => setQuestion((before) => ({ ...before, ...part }))
  const characters = useCatalogue()
  const findings = useSearch(question)
  useEffect(() => {
    const timer = setTimeout(() => {
      history.replaceState(history.state, '', `/search${addressOf(question)}`)
    }, keepAfterMs)
    return () => clearTimeout(timer)
  }, [question])

  return (
    <Page title={t('Search everything')}>
      <search className="flex flex-col gap-4">
        <input
          type="search"
          aria-label={t('Search everything')}
          placeholder={t('Words, or a phrase in “quotes”')}
          // biome-ignore lint/a11y/noAutofocus: the page is here to be typed into
          autoFocus
          value={question.text}
          onChange={(event) => change({ text: event.target.value })}
          className="min-h-11 w-full rounded-xl border border-line bg-raised px-4 text-base placeholder:text-faint"
        />
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          <Field label={t('Who')} className="w-48">
            {(ids) => (
              <Select
                {...ids}
                value={question.characterId ?? ''}
                onChange={(event) =>
                  change({ characterId: (event.target.value || undefined) as CharacterId | undefined })
                }
              >
                <option value="">{t('Everyone')}</option>
                {characters?.map(({ id, name }) => (
                  <option key={id} value={id}>
                    {name}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          <fieldset className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
            <legend className="sr-only">{t('Layers')}</legend>
            {layers.map(({ layer, label }) => (
              <Check
                key={layer}
                label={label}
                isChecked={question.layers.includes(layer)}
                onChange={(isWanted) =>
                  change({
                    layers: allLayers.filter((one) => (one === layer ? isWanted : question.layers.includes(one))),
                  })
                }
              />
            ))}
          </fieldset>
          <Check
            label={t('Thought but never said')}
            isChecked={question.unsaid}
            onChange={(unsaid) => change({ unsaid })}
          />
        </div>
      </search>
      <p role="status" className="text-faint text-sm">
        {findings && describe(findings, question.text)}
      </p>
      <ul aria-label={t('Found')} className="flex flex-col divide-y divide-line">
        {findings?.found.map((found) => (
          <FoundItem key={`${found.conversationId} ${found.turnId}`} found={found} query={findings.query} />
        ))}
      </ul>
    </Page>
  )
}

interface CheckProps {
  readonly label: string
  readonly isChecked: boolean
  readonly onChange: (isChecked: boolean) => void
}

function Check({ label, isChecked, onChange }: CheckProps) {
  return (
    <label className="flex min-h-9 items-center gap-2 text-sm">
      <input
        type="checkbox"
        className="accent-accent"
        checked={isChecked}
        onChange={(event) => onChange(event.target.checked)}
      />
      {label}
    </label>
  )
}

function describe({ total, found, turns, isComplete, tookMs }: Findings, text: string): string {
  if (!isComplete) {
    return text.trim() === ''
      ? t('Reading the library: {turns, plural, one {# turn} other {# turns}} so far.', { turns })
      : t('Reading the library: {turns, plural, one {# turn} other {# turns}} so far. {total, number} found.', {
          turns,
          total,
        })
  }
  if (text.trim() === '') {
    return t('{turns, plural, one {# turn} other {# turns}}, every branch and layer, sealed ones left out.', { turns })
  }
  if (total === 0) return t('Nothing in {turns, plural, one {# turn} other {# turns}}.', { turns })
  const ms = Math.max(1, Math.round(tookMs))
  const shown = found.length
  return shown < total
    ? t(
        '{total, number} of {turns, plural, one {# turn} other {# turns}} in {ms, number} ms, the newest {shown, number} shown.',
        { total, turns, ms, shown },
      )
    : t('{total, number} of {turns, plural, one {# turn} other {# turns}} in {ms, number} ms.', { total, turns, ms })
}

function questionOfAddress(): Question {
  const address = new URLSearchParams(window.location.search)
  const named = address.get('in')?.split(' ')
  return {
    text: address.get('q') ?? '',
    layers: named ? allLayers.filter((layer) => named.includes(layer)) : allLayers,
    characterId: (address.get('who') ?? undefined) as CharacterId | undefined,
    unsaid: address.has('unsaid'),
  }
}

function addressOf({ text, layers: wanted, characterId, unsaid }: Question): string {
  const address = new URLSearchParams()
  if (text !== '') address.set('q', text)
  if (wanted.length < allLayers.length) address.set('in', wanted.join(' '))
  if (characterId) address.set('who', characterId)
  if (unsaid) address.set('unsaid', '')
  return address.size === 0 ? '' : `?${address}`
}

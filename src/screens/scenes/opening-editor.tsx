import { useId } from 'react'
import type { CharacterId } from '#core/ids.ts'
import type { LineSpeaker, SceneLine } from '#core/scene-file/kept-scene.ts'
import { toTurnText } from '#core/story/foreign-turn.ts'
import { moved } from '#lib/moved.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { Field, Select, TextArea } from '#ui/field.tsx'
import { MoveButtons } from '#ui/move-buttons.tsx'
import { type Entries, speakerName } from './entries.ts'

interface Props {
  readonly lines: readonly SceneLine[]
  readonly cast: readonly CharacterId[]
  readonly entries: Entries
  readonly onChange: (lines: readonly SceneLine[]) => void
}

/** What has been said when a scene begins, turn by turn, in the marks people type. */
export function OpeningEditor({ lines, cast, entries, onChange }: Props) {
  const headingId = useId()
  return (
    <section aria-labelledby={headingId} className="flex flex-col gap-3">
      <div>
        <h2 id={headingId} className="font-story text-xl">
          {t('How it opens')}
        </h2>
        <p className="text-faint text-xs">
          {t(
            '*What is done* stands in asterisks, [what is thought] in brackets and stays with whoever thinks it; the rest is said.',
          )}
        </p>
      </div>
      <ol className="flex flex-col gap-3">
        {lines.map((line, index) => (
          <LineEditor
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place and its words
            key={index}
            {...{ line, cast, entries, index }}
            onChange={(changed) => onChange(lines.toSpliced(index, 1, changed))}
            onRemove={() => onChange(lines.toSpliced(index, 1))}
            up={index > 0 ? () => onChange(moved(lines, index, index - 1)) : undefined}
            down={index < lines.length - 1 ? () => onChange(moved(lines, index, index + 1)) : undefined}
          />
        ))}
      </ol>
      <Button
        className="self-start"
        onClick={() => onChange([...lines, { speaker: { kind: 'environment' }, raw: '', dialect: 'player' }])}
      >
        {t('Add a turn')}
      </Button>
    </section>
  )
}

interface LineProps {
  readonly line: SceneLine
  readonly index: number
  readonly cast: readonly CharacterId[]
  readonly entries: Entries
  readonly onChange: (line: SceneLine) => void
  readonly onRemove: () => void
  readonly up: (() => void) | undefined
  readonly down: (() => void) | undefined
}

function LineEditor({ line, index, cast, entries, onChange, onRemove, up, down }: LineProps) {
  const { speaker, raw, whisperTo } = line
  const place = index + 1
  const nameOf = (characterId: CharacterId) => speakerName({ kind: 'character', characterId }, entries)
  const hearers = cast.filter((id) => !(speaker.kind === 'character' && speaker.characterId === id))

  function hear(id: CharacterId, isHearing: boolean) {
    const next = hearers.filter((one) => (one === id ? isHearing : whisperTo?.includes(one)))
    const { whisperTo: _before, ...rest } = line
    onChange({ ...rest, ...(next.length > 0 && { whisperTo: next }) })
  }

  return (
    <li className="flex flex-col gap-2.5 rounded-xl border border-line bg-raised p-3">
      <div className="flex flex-wrap items-end gap-2">
        <Field label={t('Who has turn {place, number}', { place })} className="min-w-40 flex-1">
          {(ids) => (
            <Select
              {...ids}
              value={speaker.kind === 'character' ? speaker.characterId : speaker.kind}
              onChange={(event) => onChange({ ...line, speaker: toSpeaker(event.target.value) })}
            >
              <option value="environment">{t('The environment')}</option>
              <option value="user">{t('You')}</option>
              {cast.map((id) => (
                <option key={id} value={id}>
                  {nameOf(id)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <MoveButtons name={t('turn {place, number}', { place })} {...{ up, down, onRemove }} />
      </div>
      <TextArea
        aria-label={t('Words of turn {place, number}', { place })}
        className="field-sizing-content min-h-20 font-story"
        value={raw}
        onChange={(event) => onChange(withWords(line, event.target.value))}
      />
      {speaker.kind !== 'environment' && hearers.length > 1 && (
        <fieldset className="flex flex-wrap items-center gap-x-4">
          <legend className="float-start me-3 text-faint text-xs">
            {whisperTo ? t('Whispered to') : t('All hear it. Whisper to')}
          </legend>
          {hearers.map((id) => (
            <Check
              key={id}
              label={nameOf(id)}
              isOn={whisperTo?.includes(id) === true}
              onChange={(isOn) => hear(id, isOn)}
            />
          ))}
        </fieldset>
      )}
    </li>
  )
}

function toSpeaker(value: string): LineSpeaker {
  if (value === 'environment' || value === 'user') return { kind: value }
  return { kind: 'character', characterId: value as CharacterId }
}

/** Other words of a line. Where they have HER's tags it is HER; a line in the marks of another program keeps those. */
function withWords(line: SceneLine, raw: string): SceneLine {
  const { dialect } = toTurnText(raw, '', true)
  return { ...line, raw, dialect: dialect === 'her' || line.dialect === 'her' ? dialect : line.dialect }
}

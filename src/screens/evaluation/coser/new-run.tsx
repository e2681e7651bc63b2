import { useState } from 'react'
import type { Json } from '#core/cards/card.ts'
import { readEvaluationCases } from '#core/coser/evaluation-case.ts'
import { type PresetId, presets } from '#core/coser/preset.ts'
import type { RunPart } from '#core/coser/run-header.ts'
import type { JobId } from '#core/ids.ts'
import type { JsonValue } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { useEvaluating } from '#state/evaluating.ts'
import { useModelChoices } from '#state/model-choices.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { CountField, readCount } from '#ui/count-field.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { tellEnd } from '#ui/job-card.tsx'
import { showToast } from '#ui/toasts.tsx'
import { LoadFile } from '../load-file.tsx'
import { PartFields } from '../part-fields.tsx'

const parts: readonly { readonly part: RunPart; readonly label: string }[] = [
  { part: 'actor', label: t('Actor') },
  { part: 'environment', label: t('Environment') },
  { part: 'next-speaker', label: t('Next speaker') },
  { part: 'judge', label: t('Judge') },
]

interface Loaded {
  readonly name: string
  readonly value: Json
}

/** What is to be measured: the cases, the protocol, and who plays which part. */
export function NewRun({ onStarted }: { readonly onStarted: (id: JobId) => void }) {
  const evaluating = useEvaluating()
  const models = useModelChoices<RunPart>()
  const [loaded, setLoaded] = useState<Loaded>()
  const [preset, setPreset] = useState<PresetId>('her-2026')
  const [limit, setLimit] = useState('')
  const [tag, setTag] = useState('')
  const [rounds, setRounds] = useState('')
  const [title, setTitle] = useState('')
  const [ignoresThought, setIgnoresThought] = useState(false)
  const motivation = ignoresThought ? 'published' : 'motivation-or-thought'
  const read = loaded && readEvaluationCases(loaded.value, motivation)
  const tags = [...new Set(read?.cases.map((one) => one.tag).filter(Boolean))]
  const all = (read?.cases ?? []).map((test, index) => ({ test, raw: (read?.raw[index] ?? null) as JsonValue }))
  const tagged = tag ? all.filter(({ test }) => test.tag === tag) : all
  const most = readCount(limit, tagged.length)
  const wanted = most === 'wrong' ? [] : tagged.slice(0, most)
  const mostRounds = readCount(rounds, presets[preset].rounds)
  const [actor, environment, next, judge] = parts.map(({ part }) => models.of(part))

  async function load(file: File | undefined) {
    if (!file) return
    try {
      setLoaded({ name: file.name, value: JSON.parse(await file.text()) as Json })
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error
      showToast(t('{name} is no JSON.', { name: file.name }))
    }
  }

  async function start() {
    if (!evaluating || !actor || !environment || !next || !judge || mostRounds === 'wrong') return
    const id = await evaluating.create(
      {
        title: title.trim() || `${actor.model} · ${preset}`,
        preset,
        rounds: mostRounds,
        continueFrom: 0,
        motivation,
        choosing: 'model',
        seed: '42',
      },
      wanted,
      { actor: actor.id, environment: environment.id, 'next-speaker': next.id, judge: judge.id },
    )
    onStarted(id)
    tellEnd(await evaluating.run(id))
  }

  return (
    <section
      aria-label={t('New run')}
      className="flex flex-col gap-5 rounded-xl border border-line bg-raised p-4 sm:p-6"
    >
      <LoadFile
        label={t('Load cases…')}
        dropLabel={t('Drop a test set of CoSER (JSON)')}
        accept=".json,application/json"
        isLoaded={loaded !== undefined}
        status={
          loaded && read
            ? t('{name}: cases {count, number}', { name: loaded.name, count: read.cases.length })
            : t('CoSER’s test_set.json, or a file of the same kind. It stays in this browser.')
        }
        problems={read?.problems ?? []}
        onFile={(file) => void load(file)}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <PartFields parts={parts} models={models} />
      </div>
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        <Field label={t('Preset')} hint={presetHint(preset)}>
          {(ids) => (
            <Select {...ids} value={preset} onChange={(event) => setPreset(event.target.value as PresetId)}>
              {Object.keys(presets).map((id) => (
                <option key={id} value={id}>
                  {id}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <CountField label={t('Cases at most')} value={limit} usual={tagged.length || undefined} onChange={setLimit} />
        <CountField label={t('Rounds at most')} value={rounds} usual={presets[preset].rounds} onChange={setRounds} />
        {tags.length > 1 && (
          <Field label={t('Only those marked')}>
            {(ids) => (
              <Select {...ids} value={tag} onChange={(event) => setTag(event.target.value)}>
                <option value="">{t('All of them')}</option>
                {tags.map((one) => (
                  <option key={one} value={one}>
                    {one}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
        <Field label={t('Name of the run')}>
          {(ids) => <TextInput {...ids} value={title} onChange={(event) => setTitle(event.target.value)} />}
        </Field>
      </div>
      <Check
        label={t(
          'Leave out what each has in mind, as both published harnesses do (they read a field the test set lacks)',
        )}
        isOn={ignoresThought}
        onChange={setIgnoresThought}
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button
          look="primary"
          disabled={wanted.length === 0 || mostRounds === 'wrong' || !evaluating}
          onClick={() => void start()}
        >
          {t('Start')}
        </Button>
        {wanted.length > 0 && mostRounds !== 'wrong' && (
          <p className="text-soft text-sm">
            {t('Cases: {cases, number}. Calls at most: {calls, number}.', {
              cases: wanted.length,
              calls: wanted.length * (2 * mostRounds + 4),
            })}
          </p>
        )}
      </div>
    </section>
  )
}

function presetHint(preset: PresetId): string {
  return preset === 'her-2026'
    ? t('The judge sees thoughts; what it says that can’t be read counts 50.')
    : t('The judge sees no thoughts; what it says that can’t be read is asked again.')
}

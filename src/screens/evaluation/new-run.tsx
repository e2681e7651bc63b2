import { useState } from 'react'
import type { Json } from '#core/cards/card.ts'
import { readEvaluationCases } from '#core/coser/evaluation-case.ts'
import { type PresetId, presets } from '#core/coser/preset.ts'
import type { RunPart } from '#core/coser/run-header.ts'
import type { ConnectionId, JobId } from '#core/ids.ts'
import type { JsonValue } from '#core/job.ts'
import { t } from '#lib/translate.ts'
import { useActiveConnection, useConnections } from '#state/connections.ts'
import { useEvaluating } from '#state/evaluating.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { FileButton } from '#ui/file-button.tsx'
import { showToast } from '#ui/toasts.tsx'

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
  const connections = useConnections()
  const active = useActiveConnection()
  const [loaded, setLoaded] = useState<Loaded>()
  const [preset, setPreset] = useState<PresetId>('her-2026')
  const [limit, setLimit] = useState('')
  const [tag, setTag] = useState('')
  const [rounds, setRounds] = useState('')
  const [title, setTitle] = useState('')
  const [ignoresThought, setIgnoresThought] = useState(false)
  const [chosen, setChosen] = useState<Partial<Record<RunPart, string>>>({})
  const motivation = ignoresThought ? 'published' : 'motivation-or-thought'
  const read = loaded && readEvaluationCases(loaded.value, motivation)
  const tags = [...new Set(read?.cases.map((one) => one.tag).filter(Boolean))]
  const all = (read?.cases ?? []).map((test, index) => ({ test, raw: (read?.raw[index] ?? null) as JsonValue }))
  const tagged = tag ? all.filter(({ test }) => test.tag === tag) : all
  const wanted = Number(limit) > 0 ? tagged.slice(0, Number(limit)) : tagged
  const connectionOf = (part: RunPart) => (chosen[part] ?? active?.id) as ConnectionId | undefined

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
    const [actor, environment, next, judge] = parts.map(({ part }) => connectionOf(part))
    if (!evaluating || !actor || !environment || !next || !judge) return
    const id = await evaluating.create(
      {
        title: title.trim() || `${connections?.find((one) => one.id === actor)?.model ?? ''} · ${preset}`,
        preset,
        rounds: Number(rounds) > 0 ? Math.floor(Number(rounds)) : presets[preset].rounds,
        continueFrom: 0,
        motivation,
        choosing: 'model',
        seed: '42',
      },
      wanted,
      { actor, environment, 'next-speaker': next, judge },
    )
    onStarted(id)
    const end = await evaluating.run(id)
    if (end.kind === 'failed') showToast(end.problem)
  }

  return (
    <section
      aria-label={t('New run')}
      className="flex flex-col gap-5 rounded-xl border border-line bg-raised p-4 sm:p-6"
    >
      <div className="flex flex-wrap items-center gap-3">
        <FileButton
          label={t('Load cases…')}
          look={loaded ? 'plain' : 'primary'}
          accept=".json,application/json"
          isBusy={false}
          onFiles={([file]) => void load(file)}
        />
        <p role="status" className="text-soft text-sm">
          {loaded && read
            ? t('{name}: cases {count, number}', {
                name: loaded.name,
                count: read.cases.length,
              })
            : t('CoSER’s test_set.json, or a file of the same kind. It stays in this browser.')}
        </p>
      </div>
      {read && read.problems.length > 0 && (
        <p className="text-soft text-sm">
          {t('Cases left out: {count, number}. The first: {reason}', {
            count: read.problems.length,
            reason: read.problems[0] ?? '',
          })}
        </p>
      )}
      <div className="grid gap-4 sm:grid-cols-2 lg:grid-cols-4">
        {parts.map(({ part, label }) => (
          <Field key={part} label={label}>
            {(ids) => (
              <Select
                {...ids}
                value={connectionOf(part) ?? ''}
                onChange={(event) => setChosen((before) => ({ ...before, [part]: event.target.value }))}
              >
                {active && !connections?.some(({ id }) => id === active.id) && (
                  <option value={active.id}>{active.name}</option>
                )}
                {connections?.map(({ id, name, model }) => (
                  <option key={id} value={id}>
                    {name === model ? name : `${name} · ${model}`}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        ))}
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
        <Field label={t('Cases at most')}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              value={limit}
              placeholder={String(tagged.length || '')}
              onChange={(event) => setLimit(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('Rounds at most')}>
          {(ids) => (
            <TextInput
              {...ids}
              inputMode="numeric"
              value={rounds}
              placeholder={String(presets[preset].rounds)}
              onChange={(event) => setRounds(event.target.value)}
            />
          )}
        </Field>
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
        <Button look="primary" disabled={wanted.length === 0 || !evaluating || !active} onClick={() => void start()}>
          {t('Start')}
        </Button>
        {wanted.length > 0 && (
          <p className="text-soft text-sm">
            {t('Cases: {cases, number}. Calls at most: {calls, number}.', {
              cases: wanted.length,
              calls: wanted.length * (2 * (Number(rounds) > 0 ? Number(rounds) : presets[preset].rounds) + 4),
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

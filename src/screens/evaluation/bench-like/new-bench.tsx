import { useState } from 'react'
import { benchName } from '#core/bench-like/rubric.ts'
import { type BenchPart, callsAtMost, publishedRun } from '#core/bench-like/run-header.ts'
import { type ReadSeeds, readSeeds } from '#core/bench-like/seed.ts'
import type { ConnectionId, JobId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useBenching } from '#state/benching.ts'
import { useModelChoices } from '#state/model-choices.ts'
import { Button } from '#ui/button.tsx'
import { CountField, readCount } from '#ui/count-field.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { tellEnd } from '#ui/job-card.tsx'
import { LoadFile } from '../load-file.tsx'
import { PartFields } from '../part-fields.tsx'

const parts: readonly { readonly part: BenchPart; readonly label: string; readonly hint: string }[] = [
  { part: 'actor', label: t('Actor'), hint: t('The model that is measured: it plays the character.') },
  { part: 'simulator', label: t('Simulated user'), hint: t('Its prompt is ours.') },
  { part: 'judge', label: t('Judge'), hint: t('Its prompt is ours, too.') },
]

const counts: readonly { readonly name: keyof typeof publishedRun; readonly label: string; readonly hint: string }[] = [
  { name: 'turns', label: t('Turns'), hint: t('Beside the two that stand in the seed.') },
  { name: 'runs', label: t('Dialogues of each seed'), hint: t('What a seed scores is their mean.') },
  { name: 'stretch', label: t('Turns judged at once'), hint: t('Each stretch is judged by itself.') },
]

/** What is to be measured: the seeds, how long and how often they are played, and by whom. */
export function NewBench({ onStarted }: { readonly onStarted: (id: JobId) => void }) {
  const benching = useBenching()
  const models = useModelChoices<BenchPart>()
  const [loaded, setLoaded] = useState<ReadSeeds & { readonly name: string }>()
  const [numbers, setNumbers] = useState({ turns: '', runs: '', stretch: '', limit: '' })
  const [title, setTitle] = useState('')
  const write = (name: keyof typeof numbers) => (value: string) =>
    setNumbers((before) => ({ ...before, [name]: value }))

  const limit = readCount(numbers.limit, Number.POSITIVE_INFINITY)
  const seeds = (limit !== 'wrong' && loaded?.seeds.slice(0, limit)) || []
  const wanted = {
    turns: readCount(numbers.turns, publishedRun.turns),
    runs: readCount(numbers.runs, publishedRun.runs),
    stretch: readCount(numbers.stretch, publishedRun.stretch),
  }
  const isRight = isNumbers(wanted)
  const [actor, simulator, judge] = parts.map(({ part }) => models.of(part))

  async function start() {
    if (!benching || !actor || !simulator || !judge || !isNumbers(wanted)) return
    const id = await benching.create(
      {
        ...wanted,
        title:
          title.trim() ||
          t('{model} · {count, plural, one {# seed} other {# seeds}}', { model: actor.model, count: seeds.length }),
        seed: '42',
      },
      seeds,
      { actor: actor.id, simulator: simulator.id, judge: judge.id } satisfies Record<BenchPart, ConnectionId>,
    )
    onStarted(id)
    tellEnd(await benching.run(id))
  }

  return (
    <section
      aria-label={t('New run')}
      className="flex flex-col gap-5 rounded-xl border border-line bg-raised p-4 sm:p-6"
    >
      <LoadFile
        label={t('Load seeds…')}
        dropLabel={t('Drop a file of seeds (JSONL)')}
        accept=".jsonl,.json,application/jsonl,application/json"
        isLoaded={loaded !== undefined}
        status={
          loaded
            ? t('{name}: {count, plural, one {# seed} other {# seeds}}', {
                name: loaded.name,
                count: loaded.seeds.length,
              })
            : t('A seeds.jsonl of MiniMaxAI/role-play-bench, or a file of the same kind. It stays in this browser.')
        }
        problems={loaded?.problems ?? []}
        onFile={async (file) => setLoaded({ ...readSeeds(await file.text()), name: file.name })}
      />
      <div className="grid gap-4 sm:grid-cols-3">
        <PartFields parts={parts} models={models} />
        {counts.map(({ name, label, hint }) => (
          <CountField
            key={name}
            label={label}
            hint={hint}
            value={numbers[name]}
            usual={publishedRun[name]}
            onChange={write(name)}
          />
        ))}
        <CountField
          label={t('Seeds at most')}
          value={numbers.limit}
          usual={loaded?.seeds.length}
          onChange={write('limit')}
        />
        <Field label={t('Name of the run')} className="sm:col-span-2">
          {(ids) => <TextInput {...ids} value={title} onChange={({ target }) => setTitle(target.value)} />}
        </Field>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" disabled={seeds.length === 0 || !isRight || !benching} onClick={() => void start()}>
          {t('Start')}
        </Button>
        <p className="min-w-0 flex-1 text-soft text-sm">
          {seeds.length > 0 && isRight
            ? t('{name}: {dialogues, plural, one {# dialogue} other {# dialogues}}, {calls, number} calls.', {
                name: benchName,
                dialogues: seeds.length * wanted.runs,
                calls: callsAtMost(wanted, seeds.length),
              })
            : t('The numbers that stand in the fields are the published ones.')}
        </p>
      </div>
    </section>
  )
}

type Numbers<Count> = Readonly<Record<keyof typeof publishedRun, Count>>

function isNumbers(wanted: Numbers<number | 'wrong'>): wanted is Numbers<number> {
  return !Object.values(wanted).includes('wrong')
}

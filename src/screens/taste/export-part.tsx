import { useState } from 'react'
import { parquetCommand, type RewardShape } from '#core/taste/reward-rows.ts'
import type { Sources } from '#core/taste/settled-pairs.ts'
import { t } from '#lib/translate.ts'
import type { ExportReport, Taste } from '#state/taste.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { classNames } from '#ui/class-names.ts'
import { saveFile } from '#ui/save-file.ts'

const shapes: readonly { readonly shape: RewardShape; readonly name: string; readonly about: string }[] = [
  {
    shape: 'rm_sft',
    name: 'rm_sft.jsonl',
    about: t('To teach a reward model: the judge’s prompt, and what it answered, both orders of each pair.'),
  },
  {
    shape: 'rm_rl',
    name: 'rm_rl.jsonl',
    about: t('To train a reward model by its verdicts: the columns of HER’s parquet.'),
  },
  {
    shape: 'roleplay_rl',
    name: 'roleplay_rl.jsonl',
    about: t('To train role-play against a reward model: prompt, the preferred answer, both candidates.'),
  },
  {
    shape: 'pairs',
    name: 'pairs.jsonl',
    about: t('Our own lines, one pair each: what “npm run her -- judge” reads and writes.'),
  },
]

const leftOutWords: Readonly<Record<keyof ExportReport['leftOut'], (count: number) => string>> = {
  tie: (count) => t('{count, plural, one {One tie was} other {# ties were}} left out.', { count }),
  'no comparisons': (count) =>
    t('{count, plural, one {One pair was} other {# pairs were}} left out: no judge compared it in full.', { count }),
  'judge disagrees': (count) =>
    t('{count, plural, one {One pair was} other {# pairs were}} left out: the judge’s words do not fit the verdict.', {
      count,
    }),
  gone: (count) =>
    t('{count, plural, one {One pair was} other {# pairs were}} left out: a take of it is gone.', { count }),
}

/** What was preferred, as files that training scripts read. */
export function ExportPart({ taste }: { readonly taste: Taste }) {
  const [shape, setShape] = useState<RewardShape>('rm_rl')
  const [sources, setSources] = useState<Sources>({ human: true, judge: true, implicit: false })
  const [preview, setPreview] = useState<string>()
  const [report, setReport] = useState<ExportReport>()
  const [isBusy, setBusy] = useState(false)

  async function write(firstOnly: boolean) {
    setBusy(true)
    setReport(undefined)
    try {
      const parts: string[] = []
      const lines = taste.export(shape, sources)
      for (let next = await lines.next(); ; next = await lines.next()) {
        if (next.done) {
          setReport(next.value)
          break
        }
        parts.push(next.value)
        if (firstOnly) break
      }
      const [first] = parts
      setPreview(first && JSON.stringify(JSON.parse(first), null, 2))
      if (!firstOnly && parts.length > 0) saveFile(new Blob(parts, { type: 'application/jsonl' }), `${shape}.jsonl`)
    } finally {
      setBusy(false)
    }
  }

  function choose(changed: Partial<Sources>) {
    setSources({ ...sources, ...changed })
    setPreview(undefined)
  }

  return (
    <div className="flex flex-col gap-6">
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-2 font-story text-xl">{t('Which shape')}</legend>
        {shapes.map(({ shape: value, name, about }) => (
          <label
            key={value}
            className={classNames(
              'flex gap-3 rounded-xl border px-4 py-3 has-focus-visible:outline-2 has-focus-visible:outline-accent',
              shape === value ? 'border-accent bg-accent-wash' : 'border-line',
            )}
          >
            <input
              type="radio"
              name="reward-shape"
              className="mt-0.5 size-4.5 shrink-0 accent-accent"
              checked={shape === value}
              onChange={() => {
                setShape(value)
                setPreview(undefined)
              }}
            />
            <span className="min-w-0">
              <code className="text-sm">{name}</code>
              <span className="block text-soft text-sm">{about}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset className="flex flex-col">
        <legend className="mb-1 font-story text-xl">{t('Whose word counts')}</legend>
        <Check label={t('Mine')} isOn={sources.human} onChange={(human) => choose({ human })} />
        <Check
          label={t('A judge’s, where I said nothing')}
          isOn={sources.judge}
          onChange={(judge) => choose({ judge })}
        />
        <Check
          label={t('What I did, where nobody was asked: kept, corrected, steered')}
          isOn={sources.implicit}
          onChange={(implicit) => choose({ implicit })}
        />
      </fieldset>
      <p className="max-w-prose text-soft text-sm">
        {t(
          'The lines hold the words of your chats: your characters’, and your own under the name you play. They hold no planning, and no thoughts but those of the character whose takes are compared. Give them only to whom you would give the chats.',
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button disabled={isBusy} onClick={() => void write(true)}>
          {t('Look at the first line')}
        </Button>
        <Button look="primary" disabled={isBusy} onClick={() => void write(false)}>
          {t('Save the file')}
        </Button>
      </div>
      {report && (
        <div role="status" className="text-sm">
          <p>
            {t('{rows, plural, one {One line} other {# lines}} from {pairs, plural, one {one pair} other {# pairs}}.', {
              rows: report.rows,
              pairs: report.pairs,
            })}
          </p>
          {Object.entries(report.leftOut).map(([why, count]) => (
            <p key={why} className="text-soft">
              {leftOutWords[why as keyof ExportReport['leftOut']](count)}
            </p>
          ))}
        </div>
      )}
      {preview && (
        <pre
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          className="as-written max-h-96 overflow-auto whitespace-pre-wrap rounded-xl bg-sunken p-4 text-xs"
        >
          {preview}
        </pre>
      )}
      {shape !== 'pairs' && shape !== 'rm_sft' && (
        <p className="text-faint text-xs">
          {t('HER’s scripts read parquet. This line makes it of the file:')} <code>{parquetCommand(shape)}</code>
        </p>
      )}
    </div>
  )
}

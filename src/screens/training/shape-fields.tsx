import type { BranchChoice } from '#core/training/branches.ts'
import type { Preferrer } from '#core/training/preference-rows.ts'
import { t } from '#lib/translate.ts'
import { Check } from '#ui/check.tsx'
import { Field, Select } from '#ui/field.tsx'
import type { ChangeForm, ExportForm } from './export-form.ts'
import { shapes } from './shapes.ts'

const preferrers: readonly { readonly by: Preferrer; readonly label: string }[] = [
  { by: 'human', label: t('What you preferred') },
  { by: 'judge', label: t('What a judge preferred') },
  { by: 'implicit', label: t('What you read on with, corrected or steered') },
]

/** How many earlier turns of its own a row may have. */
const histories = [0, 4, 8, 16, 32]

interface Props {
  readonly form: ExportForm
  readonly onChange: ChangeForm
}

/** In which shape rows are, and what of each story is in them. */
export function ShapeFields({ form, onChange }: Props) {
  const { shape, branches, needsPlanning, mostHistory, preferredBy } = form
  return (
    <>
      <fieldset className="grid gap-2 sm:grid-cols-2">
        <legend className="sr-only">{t('Shape')}</legend>
        {shapes.map((one) => (
          <label
            key={one.shape}
            className="flex gap-3 rounded-xl border border-line bg-raised p-3 has-checked:border-accent has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name="shape"
              className="mt-1 size-4 shrink-0 accent-accent"
              checked={shape === one.shape}
              onChange={() => onChange({ shape: one.shape })}
            />
            <span className="flex flex-col gap-0.5">
              <span className="text-sm">{one.label}</span>
              <span className="text-faint text-xs">{one.hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="flex flex-wrap items-start gap-x-6 gap-y-3">
        {shape !== 'preference' && (
          <Field label={t('Branches')} className="min-w-48 flex-1">
            {(ids) => (
              <Select
                {...ids}
                value={branches}
                onChange={(event) => onChange({ branches: event.target.value as BranchChoice })}
              >
                <option value="path">{t('Only what is read now')}</option>
                <option value="all">{t('Every take, to the end of its branch')}</option>
              </Select>
            )}
          </Field>
        )}
        {shape !== 'clean' && (
          <Field
            label={t('What was before')}
            hint={t('HER was trained with four earlier turns of its own or fewer, mostly.')}
            className="min-w-48 flex-1"
          >
            {(ids) => (
              <Select {...ids} value={mostHistory} onChange={(event) => onChange({ mostHistory: event.target.value })}>
                <option value="">{t('All of it')}</option>
                {histories.map((count) => (
                  <option key={count} value={count}>
                    {t(
                      '{count, plural, =0 {None of its own turns} one {# turn of its own} other {# turns of its own}}',
                      { count },
                    )}
                  </option>
                ))}
              </Select>
            )}
          </Field>
        )}
      </div>
      {shape === 'preference' ? (
        <fieldset className="flex flex-col">
          <legend className="sr-only">{t('Whose preferences')}</legend>
          {preferrers.map(({ by, label }) => (
            <Check
              key={by}
              label={label}
              isOn={preferredBy.includes(by)}
              onChange={(isOn) => {
                const others = preferredBy.filter((one) => one !== by)
                onChange({ preferredBy: isOn ? [...others, by] : others })
              }}
            />
          ))}
        </fieldset>
      ) : (
        <Check
          label={t('Leave out rows whose last turn was not planned')}
          isOn={needsPlanning}
          onChange={(isOn) => onChange({ needsPlanning: isOn })}
        />
      )}
    </>
  )
}

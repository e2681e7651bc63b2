import type { EntryEdit } from '#core/lorebook/edit-entry.ts'
import type { SecondaryLogic } from '#core/lorebook/lorebook.ts'
import { t } from '#lib/translate.ts'
import { Check } from '#ui/check.tsx'
import { Chips } from '#ui/chips.tsx'
import { Field, Select } from '#ui/field.tsx'
import type { EntryValues } from './entry-values.ts'
import { NumberInput } from './number-input.tsx'
import { Problems } from './problems.tsx'

const logics: readonly (readonly [SecondaryLogic, string])[] = [
  ['any', t('At least one must be there')],
  ['all', t('All must be there')],
  ['none', t('None may be there')],
  ['not-all', t('Not all may be there')],
]

interface Props {
  readonly values: EntryValues
  /** What is wrong with the secondary keys, in sentences. */
  readonly problems: readonly string[]
  readonly onChange: (edit: EntryEdit) => void
}

/** What few entries need, behind a line. */
export function EntryDetails({ values, problems, onChange }: Props) {
  const { logic, secondaryKeys } = values
  return (
    <details className="rounded-xl border border-line">
      <summary className="px-4 py-3 font-medium text-sm">{t('More: matching, timing, chance, groups')}</summary>
      <div className="flex flex-col gap-5 border-line border-t p-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field
            label={t('Secondary keys')}
            hint={<Problems problems={problems} otherwise={t('They narrow down when the keys call it.')} />}
          >
            {(ids) => (
              <Chips
                {...ids}
                placeholder={t('Type a secondary key, then Enter')}
                removeLabel={(key) => t('Remove the secondary key {key}', { key })}
                values={secondaryKeys}
                isInvalid={problems.length > 0}
                onChange={(keys) =>
                  onChange({
                    secondaryKeys: [...keys],
                    // The first that is added is meant to count.
                    ...(secondaryKeys.length === 0 && logic === undefined && { logic: 'any' }),
                  })
                }
              />
            )}
          </Field>
          <Field label={t('How they count')}>
            {(ids) => (
              <Select
                {...ids}
                value={logic ?? ''}
                onChange={(event) => onChange({ logic: logics.find(([value]) => value === event.target.value)?.[0] })}
              >
                {logics.map(([value, label]) => (
                  <option key={value} value={value}>
                    {label}
                  </option>
                ))}
                <option value="">{t('They don’t')}</option>
              </Select>
            )}
          </Field>
          <Choice
            {...{
              label: t('Upper and lower case'),
              yes: t('Must be the same'),
              no: t('Makes no difference'),
              usual: t('As usual: makes no difference'),
            }}
            value={values.isCaseSensitive}
            onChange={(isCaseSensitive) => onChange({ isCaseSensitive })}
          />
          <Choice
            {...{
              label: t('Words'),
              yes: t('Only whole words'),
              no: t('Parts of words too'),
              usual: t('As usual: parts of words too'),
            }}
            value={values.wholeWords}
            onChange={(wholeWords) => onChange({ wholeWords })}
          />
        </div>
        <Check
          label={t('All keys are patterns')}
          isOn={values.usesRegex}
          onChange={(usesRegex) => onChange({ usesRegex })}
        />
        <div className="grid grid-cols-2 gap-4 sm:grid-cols-3">
          <NumberInput
            {...{ label: t('Messages searched'), min: 0, max: 1000, whenEmpty: t('As the book says') }}
            value={values.scanDepth}
            onChange={(scanDepth) => onChange({ scanDepth })}
          />
          <Count
            label={t('Chance, in percent')}
            max={100}
            value={values.probability}
            onChange={(probability) => onChange({ probability })}
          />
          <div className="flex items-end">
            <Check
              label={t('Never cut for the budget')}
              isOn={values.ignoresBudget}
              onChange={(ignoresBudget) => onChange({ ignoresBudget })}
            />
          </div>
          <Count
            label={t('Stays for, in messages')}
            value={values.sticky}
            onChange={(sticky) => onChange({ sticky })}
          />
          <Count
            label={t('Rests for, in messages')}
            value={values.cooldown}
            onChange={(cooldown) => onChange({ cooldown })}
          />
          <Count label={t('Not before message')} value={values.delay} onChange={(delay) => onChange({ delay })} />
        </div>
        <fieldset className="flex flex-col gap-1">
          <legend className="mb-1 font-medium text-sm">{t('Entries that call each other')}</legend>
          <Check
            label={t('Other entries don’t call it')}
            isOn={values.excludesRecursion}
            onChange={(excludesRecursion) => onChange({ excludesRecursion })}
          />
          <Check
            label={t('It calls no other entries')}
            isOn={values.preventsRecursion}
            onChange={(preventsRecursion) => onChange({ preventsRecursion })}
          />
          <Check
            label={t('Only other entries call it')}
            isOn={values.recursionLevel > 0}
            onChange={(isOn) => onChange({ recursionLevel: isOn ? 1 : 0 })}
          />
        </fieldset>
        <div className="grid gap-4 sm:grid-cols-3">
          <Field label={t('Groups')} hint={t('Of a group only one entry enters the prompt.')} className="sm:col-span-2">
            {(ids) => (
              <Chips
                {...ids}
                placeholder={t('Type a group, then Enter')}
                removeLabel={(name) => t('Remove the group {name}', { name })}
                values={values.groups}
                onChange={(groups) => onChange({ groups: [...groups] })}
              />
            )}
          </Field>
          <Count
            label={t('Weight in its group')}
            max={10_000}
            value={values.groupWeight}
            onChange={(groupWeight) => onChange({ groupWeight })}
          />
        </div>
        <Check
          label={t('Always wins its group')}
          isOn={values.winsGroup}
          onChange={(winsGroup) => onChange({ winsGroup })}
        />
      </div>
    </details>
  )
}

interface CountProps {
  readonly label: string
  readonly value: number
  readonly max?: number
  readonly onChange: (value: number) => void
}

function Count({ label, value, max = 100_000, onChange }: CountProps) {
  return <NumberInput {...{ label, value, max, min: 0 }} onChange={(next) => next !== undefined && onChange(next)} />
}

interface ChoiceProps {
  readonly label: string
  readonly yes: string
  readonly no: string
  readonly usual: string
  readonly value: boolean | undefined
  readonly onChange: (value: boolean | undefined) => void
}

/** Yes, no, or as the app does. */
function Choice({ label, yes, no, usual, value, onChange }: ChoiceProps) {
  return (
    <Field label={label}>
      {(ids) => (
        <Select
          {...ids}
          value={value === undefined ? '' : String(value)}
          onChange={({ target }) => onChange(target.value === '' ? undefined : target.value === 'true')}
        >
          <option value="">{usual}</option>
          <option value="true">{yes}</option>
          <option value="false">{no}</option>
        </Select>
      )}
    </Field>
  )
}

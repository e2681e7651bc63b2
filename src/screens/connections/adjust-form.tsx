import { useState } from 'react'
import { type Connection, type OwnSampling, ownSamplingOf } from '#core/connection.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Field, Select } from '#ui/field.tsx'
import { showToast } from '#ui/toasts.tsx'
import { NumberField, type NumberFieldProps } from './number-field.tsx'
import { PromptFields } from './prompt-fields.tsx'
import { type Preset, presetOf, presetValues, type SettingsValues, valuesOf, withValues } from './settings-values.ts'

interface Props {
  readonly connection: Connection
  readonly onSaved: () => void
}

const presetHints: Readonly<Record<Preset, string>> = {
  'her-demo': t(
    'As HER’s demo samples. It stops at 1,024 tokens; here a reply may take 2,048, since planning alone takes about 580.',
  ),
  'her-evaluation': t(
    'As HER was evaluated: long replies, nothing cut off the tail, repetition held down where the server can.',
  ),
  own: t('Your own values.'),
}

/** Sampling, sizes, and how prompts are made for a connection. */
export function AdjustForm({ connection, onSaved }: Props) {
  const { connections } = useServices()
  const [values, setValues] = useState(() => valuesOf(connection))
  const change = (part: Partial<SettingsValues>) => setValues((before) => ({ ...before, ...part }))
  const { kind } = connection
  const preset = presetOf(values, kind)

  async function save() {
    await connections.change(connection.id, (current) => withValues(current, values))
    showToast(t('Saved.'))
    onSaved()
  }

  return (
    <form
      className="flex flex-col gap-4 border-line border-t pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <fieldset className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <legend className="mb-2 font-medium">{t('Sampling')}</legend>
        <Field label={t('Preset')} hint={presetHints[preset]} className="col-span-full">
          {(ids) => (
            <Select
              {...ids}
              value={preset}
              onChange={({ target: { value } }) => {
                if (value === 'her-demo' || value === 'her-evaluation') change(presetValues(value, kind))
              }}
            >
              <option value="her-demo">{t('HER demo')}</option>
              <option value="her-evaluation">{t('HER evaluation')}</option>
              <option value="own" disabled={preset !== 'own'}>
                {t('Own values')}
              </option>
            </Select>
          )}
        </Field>
        <NumberField
          {...{ label: t('Reply length'), hint: t('tokens, planning included'), min: 16, max: 32768, required: true }}
          value={values.maxTokens}
          onChange={(maxTokens) => change({ maxTokens })}
        />
        <NumberField
          {...{ label: t('Context'), hint: t('tokens'), min: 512, max: 2000000, required: true }}
          value={values.contextTokens}
          onChange={(contextTokens) => change({ contextTokens })}
        />
        <NumberField
          {...{ label: t('Temperature'), min: 0, max: 2, step: 'any', required: true }}
          value={values.temperature}
          onChange={(temperature) => change({ temperature })}
        />
        <NumberField
          {...{ label: t('Top p'), min: 0.01, max: 1, step: 'any', required: true }}
          value={values.topP}
          onChange={(topP) => change({ topP })}
        />
        {ownFields.map(({ name, ...field }) => {
          const isTaken = ownSamplingOf(kind).includes(name)
          return (
            <NumberField
              key={name}
              {...field}
              hint={isTaken ? t('empty: as the server does') : t('not taken by this server')}
              disabled={!isTaken}
              value={values[name]}
              onChange={(value) => change({ [name]: value })}
            />
          )
        })}
      </fieldset>
      <PromptFields values={values} onChange={change} mayKeepShape={kind === 'in-page'} />
      <Button type="submit" look="primary" className="self-start">
        {t('Save')}
      </Button>
    </form>
  )
}

const ownFields: readonly (Pick<NumberFieldProps, 'label' | 'min' | 'max' | 'step'> & {
  readonly name: OwnSampling
})[] = [
  { name: 'topK', label: t('Top k'), min: 1, max: 1000 },
  { name: 'minP', label: t('Min p'), min: 0, max: 1, step: 'any' },
  { name: 'repetitionPenalty', label: t('Repetition penalty'), min: 0.5, max: 2, step: 'any' },
]

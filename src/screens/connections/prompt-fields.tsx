import type { PromptForm } from '#core/prompt/form.ts'
import { t } from '#lib/translate.ts'
import { Field, Select } from '#ui/field.tsx'
import { NumberField } from './number-field.tsx'
import type { SettingsValues } from './settings-values.ts'

interface Props {
  readonly values: SettingsValues
  readonly onChange: (part: Partial<SettingsValues>) => void
  /** The engine can hold a reply to a grammar. */
  readonly mayKeepShape: boolean
}

const formHints: Readonly<Record<PromptForm, string>> = {
  training: t('The form of HER’s training data. Best for HER models.'),
  demo: t('The form of HER’s demo and model card, which speaks to you as “you”.'),
  plain: t('For models that were not trained on HER: everything is explained, with a short example.'),
}

/** How the prompts for a connection are made, and what is done with what its model plans and says for others. */
export function PromptFields({ values, onChange, mayKeepShape }: Props) {
  return (
    <fieldset className="grid grid-cols-2 gap-3 sm:grid-cols-4">
      <legend className="mb-2 font-medium">{t('Prompt')}</legend>
      <Field label={t('Form')} hint={formHints[values.form]} className="col-span-2">
        {(ids) => (
          <Select
            {...ids}
            value={values.form}
            onChange={({ target }) => onChange({ form: target.value as SettingsValues['form'] })}
          >
            <option value="training">{t('HER training')}</option>
            <option value="demo">{t('HER demo')}</option>
            <option value="plain">{t('Plain instructions')}</option>
          </Select>
        )}
      </Field>
      <Field
        label={t('Its own earlier planning')}
        hint={t('HER never saw its own; its evaluation kept it.')}
        className="col-span-2"
      >
        {(ids) => (
          <Select
            {...ids}
            value={values.planning}
            onChange={({ target }) => onChange({ planning: target.value as SettingsValues['planning'] })}
          >
            <option value="off">{t('Left out (HER)')}</option>
            <option value="last">{t('Of its last turn')}</option>
            <option value="all">{t('Of all its turns')}</option>
          </Select>
        )}
      </Field>
      <Field label={t('Its own earlier thoughts')} hint={t('Nobody else’s are ever sent.')} className="col-span-2">
        {(ids) => (
          <Select
            {...ids}
            value={values.thoughts}
            onChange={({ target }) => onChange({ thoughts: target.value as SettingsValues['thoughts'] })}
          >
            <option value="all">{t('Of all its turns (HER)')}</option>
            <option value="last">{t('Of its last turns')}</option>
            <option value="none">{t('Left out')}</option>
          </Select>
        )}
      </Field>
      <NumberField
        {...{ label: t('How many turns'), hint: t('with their thoughts'), min: 1, max: 999 }}
        required={values.thoughts === 'last'}
        disabled={values.thoughts !== 'last'}
        value={values.lastThoughts}
        onChange={(lastThoughts) => onChange({ lastThoughts })}
      />
      <NumberField
        {...{ label: t('Planning limit'), hint: t('tokens; empty: none'), min: 16, max: 32768 }}
        value={values.planningTokens}
        onChange={(planningTokens) => onChange({ planningTokens })}
      />
      {mayKeepShape && (
        <label className="col-span-full flex items-start gap-2 text-sm">
          <input
            type="checkbox"
            className="mt-1 accent-(--accent)"
            checked={values.keepsShape}
            onChange={({ target }) => onChange({ keepsShape: target.checked })}
          />
          <span>
            {t('Keep the layers in shape')}
            <span className="block text-faint text-xs">
              {t(
                'A grammar lets the model write nothing but planning, thoughts, actions and speech, each tag closed. For models that were not tuned to HER.',
              )}
            </span>
          </span>
        </label>
      )}
      <label className="col-span-full flex items-start gap-2 text-sm">
        <input
          type="checkbox"
          className="mt-1 accent-(--accent)"
          checked={values.stopsAtNames}
          onChange={({ target }) => onChange({ stopsAtNames: target.checked })}
        />
        <span>
          {t('Stop when the model speaks for others')}
          <span className="block text-faint text-xs">
            {t('Its turn ends where it begins a line with another’s name.')}
          </span>
        </span>
      </label>
      <label className="col-span-full flex items-start gap-2 text-sm">
        <input
          type="checkbox"
          className="mt-1 accent-(--accent)"
          checked={values.makesAhead}
          onChange={({ target }) => onChange({ makesAhead: target.checked })}
        />
        <span>
          {t('Make the next take ahead')}
          <span className="block text-faint text-xs">
            {t(
              'After each reply another is made, so that Again shows it at once. Costs: every reply is made twice. Whatever you ask comes first.',
            )}
          </span>
        </span>
      </label>
    </fieldset>
  )
}

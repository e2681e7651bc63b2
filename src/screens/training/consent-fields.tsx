import { t } from '#lib/translate.ts'
import { Check } from '#ui/check.tsx'
import { Field, TextArea, TextInput } from '#ui/field.tsx'
import type { ChangeForm, ExportForm } from './export-form.ts'

const licences = ['CC0-1.0', 'CC-BY-4.0', 'CC-BY-SA-4.0', 'CC-BY-NC-4.0', 'Apache-2.0', 'MIT']

interface Props {
  readonly form: ExportForm
  readonly onChange: ChangeForm
}

/** What leaves, and what whoever gets it may know of that. */
export function ConsentFields({ form: { licence, consent, hasConsent }, onChange }: Props) {
  return (
    <>
      <div className="flex flex-col gap-1 rounded-xl bg-sunken p-3 text-sm text-soft">
        <p>
          {t(
            'In the rows: what was said, done, thought and planned in what you chose, and what cards and personas say of those who are in it.',
          )}
        </p>
        <p>
          {t(
            'Not in them: your own private thoughts, notes, memories, lorebooks, pictures, connections and keys, and who you are beside the names above.',
          )}
        </p>
      </div>
      <Field label={t('Licence')} hint={t('Stands in the README that is saved beside the rows.')}>
        {(ids) => (
          <>
            <TextInput
              {...ids}
              list="licences"
              value={licence}
              onChange={(event) => onChange({ licence: event.target.value })}
            />
            <datalist id="licences">
              {licences.map((one) => (
                <option key={one} value={one} />
              ))}
            </datalist>
          </>
        )}
      </Field>
      <Field label={t('Consent')} hint={t('Who agreed to what, in your words. Stands in the README, too.')}>
        {(ids) => (
          <TextArea {...ids} rows={2} value={consent} onChange={(event) => onChange({ consent: event.target.value })} />
        )}
      </Field>
      <Check
        label={t('I may give this away, and everyone whose words are in it agrees.')}
        isOn={hasConsent}
        onChange={(isOn) => onChange({ hasConsent: isOn })}
      />
    </>
  )
}

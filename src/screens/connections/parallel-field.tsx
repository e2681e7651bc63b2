import { formatNumber, t } from '#lib/translate.ts'
import { mostParallel, useParallel } from '#state/model-casting.ts'
import { useServices } from '#state/services.tsx'
import { Field, Select } from '#ui/field.tsx'

/** How many requests may be under way at once. */
export function ParallelField() {
  const { casting } = useServices()
  const parallel = useParallel()
  if (parallel === undefined) return null
  return (
    <Field
      label={t('Requests at once')}
      hint={t(
        'In scenes, where nothing depends on the order: what several would think of a draft, and what each remembers. Replies come one after the other.',
      )}
      className="max-w-md"
    >
      {(ids) => (
        <Select
          {...ids}
          className="max-w-24"
          value={parallel}
          onChange={({ target: { value } }) => void casting().then((models) => models.setParallel(Number(value)))}
        >
          {Array.from({ length: mostParallel }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the numbers are what they are
            <option key={index} value={index + 1}>
              {formatNumber(index + 1)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  )
}

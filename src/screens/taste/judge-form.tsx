import { useState } from 'react'
import type { Connection } from '#core/connection.ts'
import { modelLabel } from '#core/model-label.ts'
import type { Principle } from '#core/taste/principle.ts'
import { t } from '#lib/translate.ts'
import { useActiveConnection } from '#state/connections.ts'
import { useJudges } from '#state/taste.ts'
import { Check } from '#ui/check.tsx'
import { Field, Select } from '#ui/field.tsx'

/** Who judges, and by what. */
export interface JudgeChoice {
  readonly connection: Connection
  readonly catalogue: readonly Principle[]
}

/** What is chosen of a judge, with the fields to choose it; no choice until the connections are read. */
export function useJudgeChoice(principles: readonly Principle[]) {
  const judges = useJudges()
  const inUse = useActiveConnection()
  const [chosenId, setChosenId] = useState<string>()
  const [usesCatalogue, setUsesCatalogue] = useState(false)
  const connection = judges?.find(({ id }) => id === (chosenId ?? inUse?.id)) ?? judges?.[0]
  const catalogue = usesCatalogue ? principles : []
  const choice: JudgeChoice | undefined = connection && { connection, catalogue }
  const fields = (
    <div className="flex flex-col gap-2">
      <Field label={t('Judge')} hint={t('HER’s own is HER-RM-32B; any model that can compare two texts will do.')}>
        {(ids) => (
          <Select {...ids} value={connection?.id ?? ''} onChange={({ target }) => setChosenId(target.value)}>
            {judges?.map(({ id, name, model, kind }) => (
              <option key={id} value={id}>
                {kind === 'demo' ? name : t('{model} at {name}', { model: modelLabel(model), name })}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {principles.length > 0 && (
        <Check
          label={t('It chooses from my principles ({count, number})', { count: principles.length })}
          isOn={usesCatalogue}
          onChange={setUsesCatalogue}
        />
      )}
    </div>
  )
  return { choice, fields }
}

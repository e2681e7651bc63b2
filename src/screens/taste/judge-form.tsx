import { useState } from 'react'
import type { Connection } from '#core/connection.ts'
import type { Principle } from '#core/taste/principle.ts'
import { t } from '#lib/translate.ts'
import { useModelChoices } from '#state/model-choices.ts'
import { Check } from '#ui/check.tsx'
import { ModelField } from '#ui/model-field.tsx'

/** Who judges, and by what. */
export interface JudgeChoice {
  readonly connection: Connection
  readonly catalogue: readonly Principle[]
}

/** What is chosen of a judge, with the fields to choose it; no choice until the connections are read. */
export function useJudgeChoice(principles: readonly Principle[]) {
  const models = useModelChoices<'judge'>()
  const [usesCatalogue, setUsesCatalogue] = useState(false)
  const connection = models.of('judge')
  const catalogue = usesCatalogue ? principles : []
  const choice: JudgeChoice | undefined = connection && { connection, catalogue }
  const fields = (
    <div className="flex flex-col gap-2">
      <ModelField
        label={t('Judge')}
        hint={t('HER’s own is HER-RM-32B; any model that can compare two texts will do.')}
        choices={models.choices}
        value={connection?.id}
        onChange={(id) => models.choose('judge', id)}
      />
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

import { useMemo } from 'react'
import { costOf } from '#core/call-outcome.ts'
import type { JsonValue } from '#core/job.ts'
import { t } from '#lib/translate.ts'

/** What a run cost from its beginning, those calls too that were made before the page was loaded. */
export function CostLine({ records }: { readonly records: ReadonlyMap<string, JsonValue> }) {
  const cost = useMemo(() => costOf(records.values()), [records])
  return (
    <p className="text-soft text-sm">
      {t(
        '{calls, plural, one {# call} other {# calls}} answered, {failed, number} refused or failed; {asked, number} tokens asked, {answered, number} answered.',
        {
          calls: cost.answered,
          failed: cost.failed,
          asked: cost.promptTokens,
          answered: cost.completionTokens,
        },
      )}
    </p>
  )
}

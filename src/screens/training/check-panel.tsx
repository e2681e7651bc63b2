import { droppedInWords } from '#core/training/dataset-readme.ts'
import { formatNumber, t } from '#lib/translate.ts'
import type { TrainingCheck } from '#state/training.ts'
import { RowPreview } from './row-preview.tsx'

/** What an export would be: how many rows, what stays here and why, and how the first look. */
export function CheckPanel({ check }: { readonly check: TrainingCheck }) {
  const { report, rows, isDone } = check
  const dropped = droppedInWords(report)
  return (
    <>
      <p role="status" className="font-story text-2xl">
        {t('{count, plural, =0 {No row} one {# row} other {# rows}}', { count: report.rows })}
        {!isDone && <span className="text-faint text-sm"> {t('so far…')}</span>}
      </p>
      {report.unplanned > 0 && (
        <p className="text-soft text-sm">
          {t('{count, plural, one {# row ends} other {# rows end}} with a turn that was not planned.', {
            count: report.unplanned,
          })}
        </p>
      )}
      {dropped.length > 0 && (
        <div className="flex flex-col gap-1.5">
          <h3 className="font-medium text-sm">{t('Left out')}</h3>
          <ul aria-label={t('Left out')} className="flex flex-col gap-1.5 text-sm">
            {dropped.map(({ reason, sentence, count, where }) => (
              <li key={reason} className="flex gap-2.5">
                <span className="min-w-8 shrink-0 text-end font-medium tabular-nums">{formatNumber(count)}</span>
                <span className="min-w-0">
                  {sentence}
                  <span className="block break-words text-faint text-xs">{t('The first: {where}', { where })}</span>
                </span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {rows.length > 0 && (
        <div className="flex flex-col gap-2">
          <h3 className="font-medium text-sm">{t('The first rows')}</h3>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the first rows stand at their places
            <RowPreview key={index} row={row} isOpen={index === 0} />
          ))}
        </div>
      )}
    </>
  )
}

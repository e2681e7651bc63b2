import type { RunReport } from '#core/coser/report/run-report.ts'
import type { JobId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useEvaluating } from '#state/evaluating.ts'
import { Button } from '#ui/button.tsx'
import { saveFile } from '#ui/save-file.ts'

const forms = {
  html: { label: 'HTML', type: 'text/html' },
  json: { label: 'JSON', type: 'application/json' },
  csv: { label: 'CSV', type: 'text/csv' },
} as const

type Form = keyof typeof forms

/** Saves the chosen runs as a report, against each other where they are several. */
export function SaveReports({ jobIds }: { readonly jobIds: readonly JobId[] }) {
  const evaluating = useEvaluating()
  async function save(form: Form) {
    const reports = (await evaluating?.reportsOf(jobIds)) ?? []
    if (reports.length === 0) return
    saveFile(new Blob([await write(form, reports)], { type: forms[form].type }), `evaluation.${form}`)
  }
  if (jobIds.length === 0) return <p className="text-faint text-sm">{t('Choose runs to compare and to save.')}</p>
  return (
    <fieldset aria-label={t('Save the report')} className="flex flex-wrap items-center gap-2">
      <span className="text-soft text-sm">{t('Runs in the report: {count, number}', { count: jobIds.length })}</span>
      {Object.entries(forms).map(([form, { label }]) => (
        <Button key={form} onClick={() => void save(form as Form)}>
          {label}
        </Button>
      ))}
    </fieldset>
  )
}

async function write(form: Form, reports: readonly RunReport[]): Promise<string> {
  if (form === 'html') return (await import('#core/coser/report/coser-html.ts')).coserHtml(reports)
  const { coserCsv, coserJson } = await import('#core/coser/report/coser-tables.ts')
  return form === 'csv' ? coserCsv(reports) : coserJson(reports)
}

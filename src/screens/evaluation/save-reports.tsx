import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { saveFile } from '#ui/save-file.ts'

const forms = {
  html: { label: 'HTML', type: 'text/html' },
  json: { label: 'JSON', type: 'application/json' },
  csv: { label: 'CSV', type: 'text/csv' },
} as const

export type ReportForm = keyof typeof forms

interface Props {
  readonly count: number
  readonly fileName: string
  /** The report; undefined where none of the runs can be read. */
  readonly write: (form: ReportForm) => Promise<string | undefined>
}

/** Saves the chosen runs as a report, against each other where they are several. */
export function SaveReports({ count, fileName, write }: Props) {
  async function save(form: ReportForm) {
    const written = await write(form)
    if (written !== undefined) saveFile(new Blob([written], { type: forms[form].type }), `${fileName}.${form}`)
  }
  return (
    <fieldset aria-label={t('Save the report')} className="flex flex-wrap items-center gap-2">
      <span className="text-soft text-sm max-sm:w-full">{t('Runs in the report: {count, number}', { count })}</span>
      {Object.entries(forms).map(([form, { label }]) => (
        <Button key={form} onClick={() => void save(form as ReportForm)}>
          {label}
        </Button>
      ))}
    </fieldset>
  )
}

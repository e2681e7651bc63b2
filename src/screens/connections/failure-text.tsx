import type { ServerKind } from '#core/connection.ts'
import { describeModelError } from '#core/describe-model-error.ts'
import type { ModelError } from '#core/model-error.ts'

interface Props {
  readonly error: ModelError
  readonly kind: ServerKind | undefined
}

/** What went wrong with a connection, and what to do. */
export function FailureText({ error, kind }: Props) {
  const { title, sentence, remedy, command } = describeModelError(error, kind)
  return (
    <div role="alert" className="rounded-xl border border-danger/40 bg-danger-wash px-4 py-3 text-sm">
      <p className="font-medium text-danger">{title}</p>
      <p className="mt-1">{sentence}</p>
      <p className="mt-1 text-soft">{remedy}</p>
      {command && <pre className="mt-2 overflow-x-auto rounded-lg bg-sunken px-3 py-2 text-xs">{command}</pre>}
    </div>
  )
}

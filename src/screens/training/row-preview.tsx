import { t } from '#lib/translate.ts'

interface Message {
  readonly role: string
  readonly content: string
}

/** A row as it is written, for who looks before they save. */
export function RowPreview({ row, isOpen }: { readonly row: object; readonly isOpen: boolean }) {
  const messages = messagesOf(row)
  const { trace_id, trace_id_book_chapter, id } = row as Readonly<Record<string, unknown>>
  const title = [trace_id, trace_id_book_chapter, id].find((one) => typeof one === 'string') ?? t('A pair of answers')
  return (
    <details open={isOpen} className="rounded-xl border border-line bg-raised">
      <summary className="cursor-pointer truncate px-3 py-2 font-mono text-xs text-soft">{String(title)}</summary>
      <div className="flex max-h-96 flex-col gap-3 overflow-y-auto border-line border-t p-3">
        {messages ? (
          messages.map(({ role, content }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: messages of a row have no name of their own
            <MessageView key={index} role={role} content={content} />
          ))
        ) : (
          <pre dir="ltr" className="whitespace-pre-wrap break-words font-mono text-xs">
            {JSON.stringify(row, null, 2)}
          </pre>
        )}
      </div>
    </details>
  )
}

function MessageView({ role, content }: Message) {
  const body = (
    <p dir="auto" className="whitespace-pre-wrap break-words font-mono text-ink text-xs leading-relaxed">
      {content}
    </p>
  )
  if (role === 'system') {
    return (
      <details>
        <summary className="cursor-pointer font-mono text-accent text-xs">{role}</summary>
        {body}
      </details>
    )
  }
  return (
    <div className="flex flex-col gap-0.5">
      <span className="font-mono text-accent text-xs">{role}</span>
      {body}
    </div>
  )
}

/** The messages of a row, whatever its shape calls them; nothing for a whole story. */
function messagesOf(row: object): readonly Message[] | undefined {
  if ('messages' in row) return row.messages as readonly Message[]
  if ('conversations' in row) {
    const said = row.conversations as readonly { readonly from: string; readonly value: string }[]
    return said.map(({ from, value }) => ({ role: from, content: value }))
  }
  if (!('prompt' in row && 'chosen' in row && 'rejected' in row)) return undefined
  const [prompt, chosen, rejected] = [row.prompt, row.chosen, row.rejected] as readonly (readonly Message[])[]
  return [
    ...(prompt ?? []),
    { role: 'chosen', content: chosen?.[0]?.content ?? '' },
    { role: 'rejected', content: rejected?.[0]?.content ?? '' },
  ]
}

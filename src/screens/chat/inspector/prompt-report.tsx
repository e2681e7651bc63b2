import { connectionLabel } from '#state/model-casting.ts'
import { type DescribedPreview, useServerCount } from '#state/previews.ts'
import { Button } from '#ui/button.tsx'
import { copyText } from '../copy-text.ts'
import { Changes } from './changes.tsx'
import { Cuts } from './cuts.tsx'
import { LoreReport } from './lore-report.tsx'
import { measure } from './measure.ts'
import { PromptMessageView } from './prompt-message-view.tsx'
import { SealReport } from './seal-report.tsx'
import { SentBeside } from './sent-beside.tsx'
import { toCurl } from './to-curl.ts'
import { WeightBar } from './weight-bar.tsx'

interface Props {
  readonly described: DescribedPreview | undefined
  readonly onClose: () => void
}

/** A request taken apart: what it weighs, what was cut, what changed, every message, and what goes beside them. */
export function PromptReport({ described, onClose }: Props) {
  const counted = useServerCount(described?.preview)
  if (!described) return <p role="status">Building the prompt…</p>
  const { preview, seal, description } = described
  const { prepared } = preview
  const measured = measure(preview, typeof counted === 'number' ? counted : undefined)
  return (
    <>
      <p className="text-sm">
        Goes to <strong className="font-medium">{connectionLabel(prepared.connection)}</strong>
        {prepared.fellBack && ', since the connection that was chosen is gone'}.
      </p>
      <WeightBar measured={measured} counted={counted} prepared={prepared} />
      <SealReport seal={seal} />
      <Cuts prompt={prepared.prompt} />
      {prepared.lore && <LoreReport lore={prepared.lore} dropped={prepared.prompt.droppedLore} />}
      <Changes measured={measured} before={preview.before} />
      <ol aria-label="Messages" className="flex flex-col gap-3">
        {measured.messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message has no identity but its place
          <PromptMessageView key={index} message={message} isExact={measured.isExact} />
        ))}
      </ol>
      <SentBeside prepared={prepared} description={description} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => void copyText(description.body)}>Copy as JSON</Button>
        {prepared.connection.kind !== 'demo' && (
          <Button onClick={() => void copyText(toCurl(description))}>Copy as curl</Button>
        )}
        <Button look="primary" onClick={onClose}>
          Close
        </Button>
      </div>
    </>
  )
}

import type { ReactNode } from 'react'
import { t } from '#lib/translate.ts'
import { connectionLabel } from '#state/model-casting.ts'
import { type DescribedPreview, useServerCount } from '#state/previews.ts'
import { Button } from '#ui/button.tsx'
import { rich } from '#ui/rich.ts'
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
  if (!described) return <p role="status">{t('Building the prompt…')}</p>
  const { preview, seal, description } = described
  const { prepared } = preview
  const measured = measure(preview, typeof counted === 'number' ? counted : undefined)
  const goesTo = {
    connection: connectionLabel(prepared.connection),
    b: (words: ReactNode) => <strong className="font-medium">{words}</strong>,
  }
  return (
    <>
      <p className="text-sm">
        {prepared.fellBack
          ? rich('Goes to <b>{connection}</b>, since the connection that was chosen is gone.', goesTo)
          : rich('Goes to <b>{connection}</b>.', goesTo)}
      </p>
      <WeightBar measured={measured} counted={counted} prepared={prepared} />
      <SealReport seal={seal} />
      <Cuts prompt={prepared.prompt} />
      {prepared.lore && <LoreReport lore={prepared.lore} dropped={prepared.prompt.droppedLore} />}
      <Changes measured={measured} before={preview.before} />
      <ol aria-label={t('Messages')} className="flex flex-col gap-3">
        {measured.messages.map((message, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a message has no identity but its place
          <PromptMessageView key={index} message={message} isExact={measured.isExact} />
        ))}
      </ol>
      <SentBeside prepared={prepared} description={description} />
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={() => void copyText(description.body)}>{t('Copy as JSON')}</Button>
        {prepared.connection.kind !== 'demo' && (
          <Button onClick={() => void copyText(toCurl(description))}>{t('Copy as curl')}</Button>
        )}
        <Button look="primary" onClick={onClose}>
          {t('Close')}
        </Button>
      </div>
    </>
  )
}

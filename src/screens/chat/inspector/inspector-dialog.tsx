import type { Turn } from '#core/conversation/turn.ts'
import { t } from '#lib/translate.ts'
import { useNextPreview, useTurnPreview } from '#state/previews.ts'
import { Dialog } from '#ui/dialog.tsx'
import type { ChatDialogProps } from '../chat-dialog-props.ts'
import { PromptReport } from './prompt-report.tsx'

const wide = 'w-[min(60rem,calc(100vw-1.5rem))]'

/** What the model is sent next, with what stands in the composer as the reader's turn. */
export function InspectorDialog(props: Pick<ChatDialogProps, 'conversation' | 'onClose'>) {
  if (props.conversation.seals) return <SealedPrompt onClose={props.onClose} />
  return <NextRequest {...props} />
}

/** A prompt holds what the character thought before: read here, no seal would mean anything. */
function SealedPrompt({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title={t('What the model sees')} onClose={onClose}>
      <p className="text-soft">
        {t(
          'The chat is played sealed, and the request holds the thoughts that are. End the sealed play with the director’s cut to read it.',
        )}
      </p>
    </Dialog>
  )
}

function NextRequest({ conversation, onClose }: Pick<ChatDialogProps, 'conversation' | 'onClose'>) {
  const described = useNextPreview(conversation)
  return (
    <Dialog title={t('What the model sees')} onClose={onClose} className={wide}>
      <p className="text-sm text-soft">
        {t('The next request, word for word. What stands in the composer is in it as your turn; nothing is sent yet.')}
      </p>
      <PromptReport described={described} onClose={onClose} />
    </Dialog>
  )
}

interface TurnProps {
  readonly turn: Turn
  readonly onClose: () => void
}

/** What the model is sent for a turn in its place. */
export function TurnInspectorDialog({ turn, onClose }: TurnProps) {
  const described = useTurnPreview(turn)
  return (
    <Dialog title={t('What the model sees')} onClose={onClose} className={wide}>
      <p className="text-sm text-soft">
        {turn.speaker.kind === 'character'
          ? t('The request for this reply, as it would be made now: with today’s card, persona, note and connection.')
          : t(
              'The request for this turn’s reply, as it would be made now: with today’s card, persona, note and connection.',
            )}
      </p>
      <PromptReport described={described} onClose={onClose} />
    </Dialog>
  )
}

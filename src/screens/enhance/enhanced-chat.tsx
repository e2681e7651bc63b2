import { Link } from 'wouter'
import type { CharacterId, JobId, TurnId } from '#core/ids.ts'
import type { JsonValue } from '#core/job.ts'
import { takenKey } from '#core/training/enhance/enhance-plan.ts'
import { type EnhancedChat, isSound } from '#core/training/enhance/enhanced.ts'
import { t } from '#lib/translate.ts'
import { useEnhancing } from '#state/enhancing.ts'
import { Button } from '#ui/button.tsx'
import { showToast } from '#ui/toasts.tsx'
import { AboutCharacters } from './about-characters.tsx'
import { EnhancedTurnView } from './enhanced-turn.tsx'

interface Props {
  readonly jobId: JobId
  readonly chat: EnhancedChat
  readonly records: ReadonlyMap<string, JsonValue>
  readonly isRunning: boolean
}

/** What came of one chat: how its turns are now, and each of them beside what it was. */
export function EnhancedChatView({ jobId, chat, records, isRunning }: Props) {
  const enhancing = useEnhancing()
  const sound = chat.turns.filter(isSound)
  const takenTo = (turnId: TurnId) => records.get(takenKey(turnId))
  const firstTaken = chat.turns.map(({ turnId }) => takenTo(turnId)).find((to) => typeof to === 'string')

  async function take(turnIds: readonly TurnId[], as: 'branch' | 'take') {
    const first = await enhancing?.take(jobId, chat, turnIds, as)
    showToast(
      first
        ? t('Taken. The chat reads as before; the new takes are beside the old ones.')
        : t('The chat is gone, so nothing was taken.'),
    )
  }

  async function takeSetting(characterId: CharacterId, name: string) {
    const undo = await enhancing?.takeSetting(chat, characterId)
    if (undo)
      showToast(t('The card of {name} has a new version.', { name }), {
        action: { label: t('Undo'), run: () => void undo() },
      })
    else showToast(t('The card of {name} has it already, or is gone.', { name }))
  }

  async function again(turnId: TurnId) {
    const end = await enhancing?.again(jobId, turnId)
    if (end?.kind === 'failed') showToast(end.problem)
  }

  return (
    <section aria-label={chat.title} className="flex flex-col gap-4">
      <div className="flex flex-wrap items-center gap-2">
        <h4 className="me-auto font-story text-lg">{chat.title}</h4>
        <Button
          look="primary"
          disabled={sound.length === 0 || isRunning}
          onClick={() =>
            void take(
              sound.map(({ turnId }) => turnId),
              'branch',
            )
          }
        >
          {t('Take all {count, number} that are sound, as a branch', { count: sound.length })}
        </Button>
        {typeof firstTaken === 'string' && (
          <Link href={`/chat/${chat.conversationId}#${firstTaken}`} className="px-2 text-accent text-sm underline">
            {t('Read what was taken')}
          </Link>
        )}
      </div>
      {chat.story && <AboutCharacters story={chat.story} onTake={(id, name) => void takeSetting(id, name)} />}
      {chat.turns.length === 0 && <p className="text-soft text-sm">{t('Nothing of it is written yet.')}</p>}
      <ul className="flex flex-col divide-y divide-line">
        {chat.turns.map((enhanced) => (
          <EnhancedTurnView
            key={enhanced.turnId}
            {...{ chat, enhanced, isRunning }}
            isTaken={takenTo(enhanced.turnId) !== undefined}
            onAgain={() => void again(enhanced.turnId)}
            onTake={() => void take([enhanced.turnId], 'take')}
          />
        ))}
      </ul>
    </section>
  )
}

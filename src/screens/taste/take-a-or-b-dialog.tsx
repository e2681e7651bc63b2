import { useState } from 'react'
import { pairKey } from '#core/taste/preference.ts'
import { t } from '#lib/translate.ts'
import { useChatPairs, usePreferences, usePrinciples, useTaste } from '#state/taste.ts'
import type { TasteQuestion } from '#state/taste-dialog.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { type PairInChat, Sitting } from './sitting.tsx'

interface Props {
  readonly question: TasteQuestion
  readonly onClose: () => void
}

/** Which take of one turn is better: its pairs one after the other, those that are not answered yet first. */
export function TakeAOrBDialog({ question, onClose }: Props) {
  const taste = useTaste()
  const principles = usePrinciples()
  const preferences = usePreferences()
  const chat = useChatPairs(question.conversationId)
  // What is asked is settled as the dialog opens: an answer must not change the list it is in.
  const [pairs, setPairs] = useState<readonly PairInChat[]>()
  if (!taste || !principles || !preferences || !chat) return null
  if (!pairs) {
    const answered = new Set(preferences.filter(({ by }) => by.kind === 'human').map(pairKey))
    const parentId = chat.tree.turnsById.get(question.turnId)?.parentId
    const ofTurn = chat.pairs.filter((pair) => pair.parentId === parentId)
    const open = ofTurn.filter((pair) => !answered.has(pairKey(pair)))
    setPairs((open.length > 0 ? open : ofTurn).map((pair) => ({ chat, pair })))
    return null
  }
  return (
    <Dialog title={t('Which take is better?')} onClose={onClose} className="w-[min(64rem,calc(100vw-1.5rem))]">
      {pairs.length === 0 ? (
        <>
          <p className="text-soft text-sm">{t('There are no two whole takes of this turn that differ.')}</p>
          <Button look="primary" className="self-end" onClick={onClose}>
            {t('Close')}
          </Button>
        </>
      ) : (
        <Sitting {...{ taste, pairs, principles }} onEnd={onClose} />
      )}
    </Dialog>
  )
}

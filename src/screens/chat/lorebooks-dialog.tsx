import { Link } from 'wouter'
import { viewCard } from '#core/cards/view-card.ts'
import type { LorebookId } from '#core/ids.ts'
import { readCardBook } from '#core/lorebook/read-lorebook.ts'
import { listOf, t } from '#lib/translate.ts'
import { useCharacter } from '#state/characters.ts'
import { isAttached, useLorebooks } from '#state/lorebooks.ts'
import { usePersona } from '#state/personas.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { Dialog } from '#ui/dialog.tsx'
import type { ChatDialogProps } from './chat-dialog-props.ts'

/** Which lorebooks are part of the chat, by whose hand, and which could be. */
export function LorebooksDialog({ conversation, onClose }: Pick<ChatDialogProps, 'conversation' | 'onClose'>) {
  const { lorebooks: service } = useServices()
  const lorebooks = useLorebooks()
  const character = useCharacter(conversation.characterId)
  const persona = usePersona(conversation.personaId)
  const name = character ? viewCard(character.document).name : ''
  const hasOwn = character ? readCardBook(character.document) !== undefined : false

  async function attach(id: LorebookId, isOn: boolean) {
    await (await service()).attach(id, { kind: 'chat', id: conversation.id }, isOn)
  }

  return (
    <Dialog title={t('Lorebooks of this chat')} onClose={onClose}>
      <p className="text-sm text-soft">
        {t(
          'What these books say is added when the story calls for it. “What the model sees” tells why each entry fired, or why not.',
        )}
      </p>
      {hasOwn && (
        <p className="text-sm">
          <Link
            onClick={onClose}
            href={`/characters/${conversation.characterId}/lore`}
            className="text-accent underline"
          >
            {t('Lore of {name}', { name })}
          </Link>{' '}
          <span className="text-soft">{t('comes with the card.')}</span>
        </p>
      )}
      {lorebooks?.length === 0 && (
        <p className="text-sm text-soft">{t('The library has no lorebooks of their own yet.')}</p>
      )}
      <ul aria-label={t('Lorebooks')} className="flex max-h-[50dvh] flex-col divide-y divide-line overflow-y-auto">
        {lorebooks?.map((lorebook) => {
          const reasons = [
            lorebook.isEverywhere && t('in every chat'),
            isAttached(character, lorebook.id) && t('with {name}', { name }),
            isAttached(persona, lorebook.id) && t('with you as {name}', { name: persona?.name ?? '' }),
          ].filter((reason) => reason !== false)
          return (
            <li key={lorebook.id} className="flex items-center gap-3 py-1">
              <Check
                className="min-w-0 flex-1"
                isOn={isAttached(conversation, lorebook.id)}
                onChange={(isOn) => attach(lorebook.id, isOn)}
                label={
                  <span className="min-w-0">
                    {lorebook.name}
                    {reasons.length > 0 && (
                      <span className="block text-faint text-xs">
                        {t('Already {reasons}', { reasons: listOf(reasons) })}
                      </span>
                    )}
                  </span>
                }
              />
              <Link
                onClick={onClose}
                href={`/lorebooks/${lorebook.id}`}
                aria-label={t('Open {name}', { name: lorebook.name })}
                className="text-accent text-sm underline"
              >
                {t('Open')}
              </Link>
            </li>
          )
        })}
      </ul>
      <div className="flex items-center justify-between gap-2">
        <Link onClick={onClose} href="/lorebooks" className="text-accent text-sm underline">
          {t('All lorebooks')}
        </Link>
        <Button look="primary" onClick={onClose}>
          {t('Done')}
        </Button>
      </div>
    </Dialog>
  )
}

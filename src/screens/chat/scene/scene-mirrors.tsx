import { Eye, X } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type { Conversation } from '#core/conversation/conversation.ts'
import { t } from '#lib/translate.ts'
import { usePlayers } from '#state/cast.ts'
import { type Command, useCommands } from '#state/commands.ts'
import { useMirrors } from '#state/use-mirrors.ts'
import { Button } from '#ui/button.tsx'
import { MirrorPanel } from '../mirror-panel.tsx'

interface Props {
  readonly conversation: Conversation
  /** What stands in the composer, unsent. */
  readonly draft: string
  readonly command: Omit<Command, 'run'>
}

/** What everyone in a scene who would hear the draft would think of it, each by their own model. */
export function SceneMirrors({ conversation, draft, command }: Props) {
  const players = usePlayers(conversation)
  const { mirrors, ask: askAll, dismiss } = useMirrors(conversation.id)
  const ask = useCallback(() => void askAll(draft), [askAll, draft])
  useCommands(useMemo(() => (draft === '' ? [] : [{ ...command, run: ask }]), [command, draft, ask]))
  return (
    <>
      {mirrors && (
        <div className="flex max-h-[40dvh] basis-full flex-col overflow-y-auto">
          {[...mirrors].map(([characterId, aside]) => {
            const speaker = { kind: 'character' as const, characterId }
            const name = players?.labelOf(speaker) ?? ''
            return <MirrorPanel key={characterId} name={name} aside={aside} hue={players?.hueOf(speaker)} />
          })}
        </div>
      )}
      {(mirrors || draft !== '') && (
        <div className="-ms-2.5 flex">
          {draft !== '' && (
            <Button
              look="quiet"
              isSmall
              title={t(
                'One short call for each who would hear it: the silent thought that your words would provoke. None is kept.',
              )}
              onClick={ask}
            >
              <Eye aria-hidden className="size-3.5" /> {t('What would they think?')}
            </Button>
          )}
          {mirrors && (
            <Button look="quiet" isSmall onClick={dismiss}>
              <X aria-hidden className="size-3.5" /> {t('Close the mirrors')}
            </Button>
          )}
        </div>
      )}
    </>
  )
}

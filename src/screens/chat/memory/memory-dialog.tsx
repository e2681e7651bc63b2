import { useState } from 'react'
import { describeModelError } from '#core/describe-model-error.ts'
import { modelsOwn } from '#core/scene/cast-of.ts'
import { environmentReader } from '#core/scene/hearing.ts'
import { t } from '#lib/translate.ts'
import { useBoundConnection } from '#state/bound-connection.ts'
import { rememberDeletion } from '#state/deletions.ts'
import { type SummaryEnd, useKnownMemory, useStoryMemory, useSummaryWork } from '#state/memory.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { showToast } from '#ui/toasts.tsx'
import type { ChatDialogProps } from '../chat-dialog-props.ts'
import { CharacterChoice } from '../scene/character-choice.tsx'
import { useChosenCharacter } from '../scene/use-chosen-character.ts'
import { MemoryText } from './memory-text.tsx'
import { MemoryVersions } from './memory-versions.tsx'

/** What the character remembers of the oldest turns: the summary that stands for them, and all it ever was. */
export function MemoryDialog(props: ChatDialogProps) {
  if (!props.conversation.seals) return <OpenMemory {...props} />
  return (
    <Dialog title={t('Memory')} onClose={props.onClose}>
      <p className="text-soft">
        {t(
          'The chat is played sealed, and a memory holds what was thought. End the sealed play with the director’s cut to read it.',
        )}
      </p>
    </Dialog>
  )
}

type Memories = Awaited<ReturnType<ReturnType<typeof useServices>['memories']>>

function OpenMemory({ conversation, transcript, players, onClose }: ChatDialogProps) {
  const services = useServices()
  const { path } = transcript
  const { id } = conversation
  const [chosen, choose] = useChosenCharacter(conversation, path)
  const isScene = conversation.cast !== undefined
  const [isShared, setShared] = useState(false)
  const own = modelsOwn(conversation)
  const characterId = own.includes(chosen) ? chosen : (own[0] ?? conversation.characterId)
  const whose = isShared ? environmentReader : characterId
  const memory = useStoryMemory(id)
  const known = useKnownMemory(conversation, path, whose)
  const work = useSummaryWork(id)
  const isDemo =
    useBoundConnection(conversation, isShared ? { kind: 'environment' } : { kind: 'character', characterId })
      ?.connection.kind === 'demo'
  const [isEarly, setEarly] = useState(false)
  const name = players.labelOf({ kind: 'character', characterId })
  const isBusy = work?.phase === 'writing'

  const act = (verb: (memories: Memories) => Promise<SummaryEnd | undefined>) => async () => {
    setEarly(false)
    const end = await verb(await services.memories())
    setEarly(end?.kind === 'early')
  }

  async function forget() {
    const undo = rememberDeletion(await (await services.memories()).forget(id, whose))
    onClose()
    showToast(t('Memory deleted: the turns themselves are sent again, as far as they fit.'), {
      action: { label: t('Undo'), run: () => void undo() },
    })
  }

  return (
    <Dialog title={t('Memory')} onClose={onClose}>
      {isScene && (
        <CharacterChoice
          label={t('Whose memory')}
          cast={[...own, environmentReader]}
          chosen={whose}
          players={players}
          onChoose={(next) => {
            setEarly(false)
            setShared(next === environmentReader)
            if (next !== environmentReader) choose(next)
          }}
        />
      )}
      <p className="text-sm text-soft">
        {t(
          'When the whole story does not fit the model’s context any more, a summary can stand in the prompt for its oldest turns.',
        )}{' '}
        {isShared
          ? t(
              'This one is shared: made of what all who are there saw and heard, and of no thought. The environment is told it, and the model that chooses who speaks.',
            )
          : t('It is {name}’s own memory: made of what {name} heard, said and thought, and of nothing else.', { name })}
      </p>
      <label className="flex items-start gap-2 text-sm">
        <input
          type="checkbox"
          className="mt-1 accent-(--accent)"
          disabled={isDemo}
          checked={!isDemo && conversation.remembers !== false}
          onChange={({ target }) =>
            void services.memories().then((memories) => memories.setAutomatic(id, target.checked))
          }
        />
        <span>
          {t('Summarise by itself when old turns would drop out')}
          <span className="block text-faint text-xs">
            {isDemo
              ? t('The built-in demo plays a script: it can’t summarise.')
              : t(
                  'One more request each time about a quarter of the context has filled, made after a reply. Whatever you ask comes first.',
                )}
          </span>
        </span>
      </label>
      <MemoryText
        // What is typed belongs to the version it began with.
        key={`${whose} ${known?.version.id}`}
        known={known}
        onWrite={(text) => void act((memories) => memories.write(id, text, whose))()}
      />
      <div role="status" className="text-sm empty:hidden">
        {isBusy && t('Summarising…')}
        {isEarly && t('Nothing is old enough: the newest turns are always told word by word.')}
        {work?.phase === 'failed' && (
          <span className="text-danger">{t('No summary was made. {why}', { why: inWords(work.error) })}</span>
        )}
      </div>
      {memory && (
        <MemoryVersions
          {...{ memory, known, path, characterId: whose }}
          onRestore={(versionId) =>
            act(async (memories) => {
              await memories.restore(id, versionId, whose)
              return undefined
            })()
          }
        />
      )}
      <div className="flex flex-wrap justify-end gap-2">
        {known && (
          <Button look="danger" className="me-auto" onClick={() => void forget()}>
            {t('Delete the memory')}
          </Button>
        )}
        {isBusy ? (
          <Button onClick={() => void services.memories().then((memories) => memories.stop())}>{t('Stop')}</Button>
        ) : (
          !isDemo && (
            <>
              {known && (
                <Button onClick={() => void act((memories) => memories.writeAnew(id, whose))()}>
                  {t('Write anew')}
                </Button>
              )}
              <Button onClick={() => void act((memories) => memories.summarise(id, whose))()}>
                {t('Summarise now')}
              </Button>
            </>
          )
        )}
        <Button onClick={onClose}>{t('Close')}</Button>
      </div>
    </Dialog>
  )
}

function inWords(error: Parameters<typeof describeModelError>[0]): string {
  if (error.kind === 'empty') return t('The model answered with nothing, or only planned.')
  const { sentence, remedy } = describeModelError(error)
  return `${sentence} ${remedy}`
}

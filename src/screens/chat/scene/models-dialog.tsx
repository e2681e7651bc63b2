import { CloudSun } from 'lucide-react'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Speaker } from '#core/conversation/turn.ts'
import { modelsOwn } from '#core/scene/cast-of.ts'
import { t } from '#lib/translate.ts'
import { useBoundConnection } from '#state/bound-connection.ts'
import { useCharacter, useFileUrl } from '#state/characters.ts'
import { connectionLabel, presetOptions, useModelOptions, withConnection, withPreset } from '#state/model-casting.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'
import { Select } from '#ui/field.tsx'
import { hueProps } from '#ui/hue.ts'
import { Portrait } from '#ui/portrait.tsx'
import type { ChatDialogProps } from '../chat-dialog-props.ts'

/** Which model answers for whom in this chat. */
export function ModelsDialog({ conversation, players, onClose }: ChatDialogProps) {
  const speakers: readonly Exclude<Speaker, { kind: 'user' }>[] = [
    ...modelsOwn(conversation).map((characterId) => ({ kind: 'character' as const, characterId })),
    ...(conversation.cast ? [{ kind: 'environment' as const }] : []),
  ]
  return (
    <Dialog title={t('Models of this chat')} onClose={onClose}>
      <p className="text-sm text-soft">
        {t(
          'Each mind may be played by a model of its own. What somebody thinks goes to that model alone: another’s is sent what could be seen and heard.',
        )}
      </p>
      <ul className="flex flex-col divide-y divide-line">
        {speakers.map((speaker) => (
          <Row
            key={speaker.kind === 'character' ? speaker.characterId : speaker.kind}
            conversation={conversation}
            speaker={speaker}
            name={speaker.kind === 'character' ? players.labelOf(speaker) : t('The environment')}
          />
        ))}
      </ul>
      <Button look="primary" className="self-end" onClick={onClose}>
        {t('Close')}
      </Button>
    </Dialog>
  )
}

const origins = {
  chat: (connection: string) => t('{connection} answers, chosen here.', { connection }),
  character: (connection: string) => t('{connection} answers, chosen for the character.', { connection }),
  everywhere: (connection: string) => t('{connection} answers, in use everywhere.', { connection }),
}

interface RowProps {
  readonly conversation: Conversation
  readonly speaker: Exclude<Speaker, { kind: 'user' }>
  readonly name: string
}

function Row({ conversation, speaker, name }: RowProps) {
  const { casting } = useServices()
  const who = speaker.kind === 'character' ? speaker.characterId : speaker.kind
  const character = useCharacter(speaker.kind === 'character' ? speaker.characterId : undefined)
  const portrait = useFileUrl(character?.portraitId)
  const choice = conversation.models?.[who]
  const bound = useBoundConnection(conversation, speaker)
  const chosen = useModelOptions(
    choice,
    character?.model
      ? { unchosen: t('As chosen for the character'), inUse: t('The connection in use') }
      : { unchosen: t('The connection in use') },
  )
  if (!chosen || !bound) return null
  const choose = async (next: typeof choice) => (await casting()).inChat(conversation.id, who, next)
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 py-3" {...(character && hueProps(character.hue))}>
      {character ? (
        <Portrait url={portrait} name={name} className="size-10" />
      ) : (
        <span className="grid size-10 place-items-center rounded-full bg-sunken text-soft">
          <CloudSun aria-hidden className="size-5" />
        </span>
      )}
      <div className="min-w-40 flex-1">
        <p className={character ? 'font-medium text-accent text-sm' : 'font-medium text-sm'}>{name}</p>
        <p className="text-faint text-xs">
          {bound.isLost && `${t('The connection that was chosen is gone.')} `}
          {origins[bound.chosenIn](connectionLabel(bound.connection))}
        </p>
      </div>
      <div className="flex w-full flex-col gap-1.5 sm:w-64">
        <Select
          aria-label={t('Model of {name}', { name })}
          value={chosen.value}
          onChange={({ target: { value } }) => void choose(withConnection(choice, value))}
        >
          {chosen.options.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </Select>
        {choice && (
          <Select
            aria-label={t('Sampling of {name}', { name })}
            value={choice.preset ?? ''}
            onChange={({ target: { value } }) => void choose(withPreset(choice, value))}
          >
            {presetOptions.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </div>
    </li>
  )
}

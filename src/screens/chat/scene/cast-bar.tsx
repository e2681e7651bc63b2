import { useMemo, useState } from 'react'
import type { Character } from '#core/cards/character.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { TurnId } from '#core/ids.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { presentAfter } from '#core/scene/presence.ts'
import { t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'
import { useCharactersOf, useFileUrl } from '#state/characters.ts'
import type { Transcript } from '#state/conversations.ts'
import { useSceneChoice, useSceneChoices } from '#state/scene-choices.ts'
import { useServices } from '#state/services.tsx'
import { useIsRunning } from '#state/use-run.ts'
import { classNames } from '#ui/class-names.ts'
import { hueProps } from '#ui/hue.ts'
import { Menu, MenuItem } from '#ui/menu.tsx'
import { Portrait } from '#ui/portrait.tsx'
import { openChatDialog } from '../chat-dialogs.tsx'
import { SceneTools } from './scene-tools.tsx'
import { StageFace } from './stage-face.tsx'
import { toldWhenItFails } from './told-when-it-fails.ts'
import { chooseCharacter } from './use-chosen-character.ts'

interface Props {
  readonly conversation: Conversation
  readonly transcript: Transcript
  readonly players: Players
}

/** Who is in the scene: their faces, who is there, who speaks, and what can be asked of each. */
export function CastBar({ conversation, transcript, players }: Props) {
  const characters = useCharactersOf(conversation.cast)
  const isRunning = useIsRunning(conversation.id)
  const { path } = transcript
  const present = useMemo(() => presentAfter(path, castIdsOf(conversation)), [path, conversation])
  const speaker = path.at(-1)?.speaker
  const speaking = isRunning && speaker?.kind === 'character' ? speaker.characterId : undefined
  return (
    <section
      aria-label={t('Who is in the scene')}
      className="flex min-h-13 items-center gap-1 border-line border-b px-2 py-1 sm:px-5"
    >
      <ul className="flex min-w-0 items-center gap-0.5 overflow-x-auto">
        {characters?.map((character) => (
          <li key={character.id} {...hueProps(character.hue)}>
            <Member
              conversation={conversation}
              character={character}
              name={players.labelOf({ kind: 'character', characterId: character.id })}
              isPresent={present.includes(character.id)}
              isSpeaking={speaking === character.id}
              isBusy={isRunning}
            />
          </li>
        ))}
      </ul>
      <SceneTools conversation={conversation} isBusy={isRunning} />
    </section>
  )
}

interface MemberProps {
  readonly conversation: Conversation
  readonly character: Character
  readonly name: string
  readonly isPresent: boolean
  readonly isSpeaking: boolean
  readonly isBusy: boolean
  /** A large face of this size, as on the stage; without one a small one in a strip. */
  readonly faceSize?: string
  readonly isCrowded?: boolean
  /** The newest turn, whose making the stage tells of. */
  readonly turnId?: TurnId | undefined
}

/** One of the cast, with the menu of what can be asked of them. */
export function Member(props: MemberProps) {
  const { conversation, character, name, isPresent, isSpeaking, isBusy, faceSize, isCrowded = false, turnId } = props
  const { chat, scenes } = useServices()
  const portrait = useFileUrl(character.portraitId)
  const choice = useSceneChoice(conversation.id)
  const choose = useSceneChoices((choices) => choices.choose)
  const [isWanted, setWanted] = useState(false)
  const { id } = character
  const isReader = conversation.userPlays === id
  const isWhisperedTo = choice.whisperTo?.includes(id) === true
  const state = isSpeaking ? t('speaking') : isPresent ? (isReader ? t('you') : '') : t('away')

  function whisper() {
    const { whisperTo = [], ...rest } = choice
    const hearers = isWhisperedTo ? whisperTo.filter((one) => one !== id) : [...whisperTo, id]
    choose(conversation.id, { ...rest, ...(hearers.length > 0 && { whisperTo: hearers }) })
  }

  function seeThrough() {
    chooseCharacter(conversation.id, id)
    openChatDialog('eyes')
  }

  async function move(verb: 'enter' | 'leave') {
    await (await scenes())[verb](conversation.id, id)
  }

  const opening = { 'aria-haspopup': 'menu', onClick: () => setWanted(true) } as const
  const button = faceSize ? (
    <StageFace
      {...opening}
      {...{ portrait, name, isSpeaking, isCrowded, turnId }}
      conversationId={conversation.id}
      size={faceSize}
      state={isWhisperedTo ? t('whisper') : state}
    />
  ) : (
    <button
      {...opening}
      type="button"
      className={classNames(
        'flex min-h-11 items-center gap-2 rounded-xl px-1.5 text-start hover:bg-sunken',
        isSpeaking && 'bg-accent-wash',
      )}
    >
      <Portrait
        url={portrait}
        name={name}
        className={classNames('size-8', isSpeaking && 'ring-2 ring-accent', !isPresent && 'opacity-45 grayscale')}
      />
      <span className="flex flex-col leading-tight">
        <span
          className={classNames('max-w-40 truncate text-sm max-sm:sr-only', isPresent ? 'text-accent' : 'text-faint')}
        >
          {name}
        </span>
        {(state !== '' || isWhisperedTo) && (
          <span className="text-faint text-xs">{isWhisperedTo ? t('whisper') : state}</span>
        )}
      </span>
    </button>
  )
  if (!isWanted) return button
  return (
    <Menu trigger={button}>
      {!isReader && isPresent && (
        <>
          <MenuItem
            disabled={isBusy}
            onSelect={() => void toldWhenItFails(chat.ask(conversation.id, { kind: 'character', characterId: id }))}
          >
            {t('Answer now')}
          </MenuItem>
          <MenuItem onSelect={whisper}>{isWhisperedTo ? t('Do not whisper') : t('Whisper to them')}</MenuItem>
        </>
      )}
      <MenuItem onSelect={seeThrough}>{t('See through their eyes')}</MenuItem>
      <MenuItem disabled={isBusy} onSelect={() => void toldWhenItFails(move(isPresent ? 'leave' : 'enter'))}>
        {isPresent ? t('Leaves') : t('Comes in')}
      </MenuItem>
      {!isReader && <MenuItem onSelect={() => openChatDialog('models')}>{t('Choose their model')}</MenuItem>}
    </Menu>
  )
}

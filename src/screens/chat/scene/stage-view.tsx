import { CloudSun } from 'lucide-react'
import { useMemo } from 'react'
import type { Character } from '#core/cards/character.ts'
import type { Conversation, Persona } from '#core/conversation/conversation.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import type { TurnId } from '#core/ids.ts'
import { castIdsOf } from '#core/scene/cast-of.ts'
import { presentAfter } from '#core/scene/presence.ts'
import { t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'
import { useCharactersOf, useFileUrl } from '#state/characters.ts'
import type { Transcript } from '#state/conversations.ts'
import { useLayers, useLayout } from '#state/layout.ts'
import { usePersona } from '#state/personas.ts'
import { useIsRunning } from '#state/use-run.ts'
import { classNames } from '#ui/class-names.ts'
import { hueProps } from '#ui/hue.ts'
import { Portrait } from '#ui/portrait.tsx'
import { useStageWord } from '../stage.tsx'
import { thoughtsOpenWith } from '../thought-panel.tsx'
import { showThought } from '../wanted-turn.ts'
import { Member } from './cast-bar.tsx'
import { SceneTools } from './scene-tools.tsx'
import { stageFigure } from './stage-face.tsx'
import { ThoughtMark } from './thought-mark.tsx'
import { type UnreadThought, unreadThoughts } from './unread-thoughts.ts'

/** Of a face: large where few are there, and so that eight stand in two rows on a phone, and in one on a desk. */
const faceSizes = { few: 'size-16 sm:size-24', many: 'size-12 sm:size-16 lg:size-20' } as const

interface Props {
  readonly conversation: Conversation
  readonly transcript: Transcript
  readonly players: Players
}

/** The scene as a stage: large faces of those who are there, who speaks now, who thought something, and who is away. */
export function StageView({ conversation, transcript, players }: Props) {
  const { path } = transcript
  const characters = useCharactersOf(conversation.cast)
  const persona = usePersona(conversation.userPlays ? undefined : (conversation.personaId ?? defaultPersonaId))
  const isRunning = useIsRunning(conversation.id)
  const present = useMemo(() => presentAfter(path, castIdsOf(conversation)), [path, conversation])
  const unread = useUnread(conversation, transcript, players)
  const last = path.at(-1)
  const speaker = isRunning ? last?.speaker : undefined
  const there = characters?.filter(({ id }) => present.includes(id)) ?? []
  const away = characters?.filter(({ id }) => !present.includes(id)) ?? []
  const isCrowded = there.length > 4

  const member = (character: Character, size: string) => (
    <Member
      conversation={conversation}
      character={character}
      name={players.labelOf({ kind: 'character', characterId: character.id })}
      isPresent={present.includes(character.id)}
      isSpeaking={speaker?.kind === 'character' && speaker.characterId === character.id}
      isBusy={isRunning}
      faceSize={size}
      isCrowded={isCrowded}
      turnId={last?.id}
    />
  )

  return (
    <section aria-label={t('Who is in the scene')} className="flex flex-col border-line border-b bg-sunken/60">
      <div className="mx-auto flex w-full max-w-5xl flex-wrap items-start justify-center gap-x-1 px-2 pt-2 sm:gap-x-3 sm:pt-3">
        <ul className="contents">
          {there.map((character) => (
            <li key={character.id} className="relative" {...hueProps(character.hue)}>
              {member(character, faceSizes[isCrowded ? 'many' : 'few'])}
              <Mark thought={unread.get(character.id)} conversation={conversation} players={players} of={character} />
            </li>
          ))}
        </ul>
        {!conversation.userPlays && <Reader {...{ persona, players, isCrowded }} />}
      </div>
      <div className="mx-auto flex w-full max-w-5xl flex-wrap items-center gap-x-2 px-2 pb-1 sm:px-5">
        <p className="min-h-6 min-w-0 text-faint text-xs">
          {speaker?.kind === 'environment' && last && <Narrating conversation={conversation} turnId={last.id} />}
        </p>
        {away.length > 0 && (
          <ul aria-label={t('Away')} className="flex min-w-0 items-center gap-0.5 overflow-x-auto">
            {away.map((character) => (
              <li key={character.id} {...hueProps(character.hue)}>
                {member(character, '')}
              </li>
            ))}
          </ul>
        )}
        <SceneTools conversation={conversation} isBusy={isRunning} />
      </div>
    </section>
  )
}

/** Whose newest thought the reader has not opened, since the last they opened of them. */
function useUnread(conversation: Conversation, { path }: Transcript, { cast }: Players) {
  const layers = useLayers(conversation)
  const byHand = useLayout((layout) => layout.openByHand)
  const { seals } = conversation
  return useMemo(() => {
    const isOpened = (turnId: TurnId, index: number) =>
      seals
        ? seals.broken[turnId]?.includes(index) === true
        : thoughtsOpenWith.includes(layers) || byHand[turnId]?.[index] !== undefined
    return unreadThoughts(path, cast, isOpened)
  }, [path, cast, layers, byHand, seals])
}

interface MarkProps {
  readonly thought: UnreadThought | undefined
  readonly conversation: Conversation
  readonly players: Players
  readonly of: Character
}

function Mark({ thought, conversation, players, of }: MarkProps) {
  const setOpen = useLayout((layout) => layout.setOpen)
  const noteThoughtOpened = useLayout((layout) => layout.noteThoughtOpened)
  if (!thought) return null
  const name = players.labelOf({ kind: 'character', characterId: of.id })
  return (
    <ThoughtMark
      name={name}
      onOpen={() => {
        // A seal is the reader's to break, there where it is.
        if (!conversation.seals) {
          setOpen(thought.turnId, thought.index, true)
          noteThoughtOpened()
        }
        showThought(thought.turnId)
      }}
    />
  )
}

interface ReaderProps {
  readonly persona: Persona | null | undefined
  readonly players: Players
  readonly isCrowded: boolean
}

/** The reader, as one of those who are there. */
function Reader({ persona, players, isCrowded }: ReaderProps) {
  const portrait = useFileUrl(persona?.portraitId)
  const name = players.labelOf({ kind: 'user', ...(persona && { personaId: persona.id }) })
  return (
    <div className={stageFigure(isCrowded)}>
      <Portrait
        url={portrait}
        name={name}
        className={classNames('text-2xl ring-1 ring-line', faceSizes[isCrowded ? 'many' : 'few'])}
      />
      <span className="w-full truncate font-medium text-ink text-xs leading-tight sm:text-sm">{name}</span>
      <span className="min-h-4 text-faint text-xs">{persona?.name ? t('you') : ''}</span>
    </div>
  )
}

function Narrating({ conversation, turnId }: { readonly conversation: Conversation; readonly turnId: TurnId }) {
  const word = useStageWord(conversation.id, turnId)
  return (
    <span className="flex items-center gap-1.5">
      <CloudSun aria-hidden className="size-3.5" /> {t('The environment')}
      {word && `, ${word}`}
    </span>
  )
}

import { Suspense, useEffect, useMemo, useState } from 'react'
import { Link } from 'wouter'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { ConversationId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useBoundConnection } from '#state/bound-connection.ts'
import { type Players, usePlayers } from '#state/cast.ts'
import { useCharacter, useFileUrl } from '#state/characters.ts'
import { type Transcript, useConversation, useTranscript, useTurnsAhead } from '#state/conversations.ts'
import { useLayers, useLayout } from '#state/layout.ts'
import { useReadingMode } from '#state/reading-mode.ts'
import { useIsRunning } from '#state/use-run.ts'
import { classNames } from '#ui/class-names.ts'
import { hueProps } from '#ui/hue.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { Portrait } from '#ui/portrait.tsx'
import { rich } from '#ui/rich.ts'
import { Announcer } from './announcer.tsx'
import { useChatCommands } from './chat-commands.ts'
import { ChatDialogs } from './chat-dialogs.tsx'
import { ChatMenu } from './chat-menu.tsx'
import { Composer } from './composer.tsx'
import { useFind } from './find-state.ts'
import { LayersSwitch } from './layers-switch.tsx'
import { LeaveReading } from './leave-reading.tsx'
import { usePromptCommands } from './prompt-commands.ts'
import { ReadingRulesContext } from './reading-rules.ts'
import { useSceneFileCommands } from './scene/scene-file-commands.ts'
import { SealedNote } from './sealed-note.tsx'
import { useStoryCommands } from './story-commands.ts'
import { TranscriptList } from './transcript.tsx'
import { TurnDialogs } from './turn-dialogs.tsx'
import { useAddressedTurn } from './use-addressed-turn.ts'

const FindBar = lazyPart(() => import('./find-bar.tsx').then((module) => ({ default: module.FindBar })))

const PromptRow = lazyPart(() => import('./prompt-row.tsx').then((module) => ({ default: module.PromptRow })))

const CastBar = lazyPart(() => import('./scene/cast-bar.tsx').then((module) => ({ default: module.CastBar })))
const StageView = lazyPart(() => import('./scene/stage-view.tsx').then((module) => ({ default: module.StageView })))
const InPageNote = lazyPart(() => import('./in-page-note.tsx').then((module) => ({ default: module.InPageNote })))
const AnswererChoice = lazyPart(() =>
  import('./scene/answerer-choice.tsx').then((module) => ({ default: module.AnswererChoice })),
)

/** A chat counts as quiet when nothing was written in it for so long. */
const quietMs = 500

/** One chat, at its own address. */
export function ChatScreen({ id }: { readonly id: string }) {
  useTurnsAhead(id as ConversationId)
  const conversation = useConversation(id as ConversationId)
  const players = usePlayers(conversation)
  if (conversation === null) {
    return (
      <main className="mx-auto flex max-w-xl flex-col gap-3 p-8">
        <h1 className="font-story text-2xl">{t('There is no such chat here')}</h1>
        <p className="text-soft">{t('Chats are kept in the browser they were made in. It may be in another one.')}</p>
        <Link href="/chats" className="text-accent underline">
          {t('All chats')}
        </Link>
      </main>
    )
  }
  if (!conversation || !players) return <main className="h-full" />
  return <Chat key={conversation.id} conversation={conversation} players={players} />
}

interface Props {
  readonly conversation: Conversation
  readonly players: Players
}

function Chat({ conversation, players }: Props) {
  const transcript = useTranscript(conversation)
  const character = useCharacter(conversation.characterId)
  const portrait = useFileUrl(character?.portraitId)
  const only = players.labelOf({ kind: 'character', characterId: conversation.characterId })
  const isScene = conversation.cast !== undefined
  const name = isScene ? conversation.title || t('Scene') : only
  const layers = useLayers(conversation)
  const isReading = useReadingMode((mode) => mode.isOn)
  const { seals } = conversation
  const isScript = useLayout(({ scriptChats }) => scriptChats[conversation.id] === true)
  const showsStage = useLayout((layout) => layout.showsStage)
  const rules = useMemo(() => ({ layers, seals, isScript }), [layers, seals, isScript])
  useEffect(() => {
    document.title = `${name} · Subtext`
  }, [name])
  return (
    <main
      className="relative flex h-full min-h-0 flex-col"
      data-reading={isReading || undefined}
      {...hueProps(character?.hue ?? 50)}
    >
      {isReading && <h1 className="sr-only">{name}</h1>}
      <header hidden={isReading} className="flex items-center gap-x-2 border-line border-b px-3 py-2 sm:px-6">
        {isScene ? (
          <h1 className="min-w-0 truncate px-1 font-story max-sm:sr-only sm:text-lg">{name}</h1>
        ) : (
          <Link
            href={`/characters/${conversation.characterId}`}
            className="flex min-w-0 items-center gap-2.5 rounded-lg pe-2 hover:bg-sunken"
          >
            <Portrait url={portrait} name={name} className="size-9" />
            <h1 className="truncate font-story max-sm:sr-only sm:text-lg">{name}</h1>
          </Link>
        )}
        <div className="ms-auto flex shrink-0 items-center gap-1">
          <LayersSwitch conversation={conversation} />
          <ChatMenu />
        </div>
      </header>
      {isScene && !isReading && (
        <Suspense fallback={<div className="min-h-13 border-line border-b" />}>
          {transcript &&
            (showsStage ? (
              <StageView {...{ conversation, transcript, players }} />
            ) : (
              <CastBar {...{ conversation, transcript, players }} />
            ))}
        </Suspense>
      )}
      <ReadingRulesContext value={rules}>
        {transcript ? (
          <Story conversation={conversation} transcript={transcript} players={players} />
        ) : (
          <div className="min-h-0 flex-1" />
        )}
      </ReadingRulesContext>
      <div hidden={isReading} className="flex flex-col gap-1.5 pt-1">
        {seals ? (
          <SealedNote seals={seals} />
        ) : (
          layers === 'words' && transcript && transcript.path.length > 0 && <SealHint />
        )}
        <DemoNote conversation={conversation} />
        <Composer
          conversationId={conversation.id}
          name={isScene ? 'them' : name}
          beside={
            transcript && (
              <>
                <Suspense>{isScene && <AnswererChoice {...{ conversation, players }} />}</Suspense>
                <PromptPlace conversation={conversation} isReady={!transcript.isLoading} />
              </>
            )
          }
        />
      </div>
    </main>
  )
}

interface PromptPlaceProps {
  readonly conversation: Conversation
  readonly isReady: boolean
}

/** By itself, so that a reply that begins has this drawn anew and not the chat. */
function PromptPlace({ conversation, isReady }: PromptPlaceProps) {
  const isQuiet = useWasQuiet(conversation.id)
  return <Suspense>{isQuiet && <PromptRow conversation={conversation} isReady={isReady} />}</Suspense>
}

/** True once nothing was being written for a moment: what is of use only between replies need not come before. */
function useWasQuiet(conversationId: ConversationId): boolean {
  const isRunning = useIsRunning(conversationId)
  const [wasQuiet, setWasQuiet] = useState(false)
  useEffect(() => {
    if (isRunning || wasQuiet) return
    const timer = setTimeout(() => setWasQuiet(true), quietMs)
    return () => clearTimeout(timer)
  }, [isRunning, wasQuiet])
  return wasQuiet
}

interface StoryProps {
  readonly conversation: Conversation
  readonly transcript: Transcript
  readonly players: Players
}

/** The turns, what can be done with them, and what is told of them. */
function Story({ conversation, transcript, players }: StoryProps) {
  useAddressedTurn(conversation.id, transcript)
  const isFinding = useFind((find) => find.isOpen)
  const isReading = useReadingMode((mode) => mode.isOn)
  return (
    <>
      <StoryCommands {...{ conversation, transcript, players }} />
      {isFinding && (
        <Suspense>
          <FindBar path={transcript.path} players={players} />
        </Suspense>
      )}
      {isReading && <LeaveReading />}
      <TranscriptList conversation={conversation} transcript={transcript} players={players} />
      <Announcer last={transcript.path.at(-1)} players={players} />
      <TurnDialogs transcript={transcript} players={players} />
      <ChatDialogs {...{ conversation, transcript, players }} />
    </>
  )
}

/** By itself, so that commands that come and go have no turn drawn anew. */
function StoryCommands({ conversation, transcript, players }: StoryProps) {
  useChatCommands(transcript)
  useStoryCommands(conversation, transcript, players)
  usePromptCommands()
  useSceneFileCommands(conversation.cast !== undefined)
  return null
}

/** Said once, until the reader has opened a thought. */
function SealHint() {
  const isNeeded = useLayout((layout) => !layout.hasOpenedThought)
  // Its place stays while the chat is open: without it the page would move under the hand that opened the thought.
  const [wasNeeded] = useState(isNeeded)
  if (!wasNeeded && !isNeeded) return null
  return (
    <p
      className={classNames('mx-auto w-full max-w-[42rem] px-4 text-accent text-xs sm:px-6', !isNeeded && 'invisible')}
    >
      {t('A seal in the margin is a thought that was not said. Open it.')}
    </p>
  )
}

/** What the built-in demo is, and the way to a real model. */
function DemoNote({ conversation }: Pick<Props, 'conversation'>) {
  const { characterId } = conversation
  const connection = useBoundConnection(conversation, { kind: 'character', characterId })?.connection
  if (connection?.kind === 'in-page') return <InPageNote model={connection.model} />
  if (connection?.kind !== 'demo') return null
  return (
    <p className="mx-auto w-full max-w-[42rem] px-4 text-faint text-xs sm:px-6">
      {rich(
        'The built-in demo plays a script: its lines were written beforehand. <link>Connect a model</link> to talk freely.',
        {
          link: (words) => (
            <Link href="/connections" className="text-accent underline">
              {words}
            </Link>
          ),
        },
      )}
    </p>
  )
}

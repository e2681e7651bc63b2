import { useEffect, useMemo } from 'react'
import { navigate } from 'wouter/use-browser-location'
import type { Conversation } from '#core/conversation/conversation.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import { takesOf } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'
import { type Command, useCommands } from '#state/commands.ts'
import type { Transcript } from '#state/conversations.ts'
import type { Layers } from '#state/layers.ts'
import { useLayout } from '#state/layout.ts'
import { readAloud, stopReadingAloud, turnReadAloud } from '#state/read-aloud.ts'
import { setReadingMode, useReadingMode } from '#state/reading-mode.ts'
import { useServices } from '#state/services.tsx'
import { askAboutTakes } from '#state/taste-dialog.ts'
import { showToast } from '#ui/toasts.tsx'
import { branchHere } from './branch-here.ts'
import { focusedTurn } from './chat-commands.ts'
import { openChatDialog } from './chat-dialogs.tsx'
import { closeFind, openFind } from './find-state.ts'
import { spokenTexts } from './speech-of.ts'
import { openTurnDialog } from './turn-dialogs.tsx'

const depths: readonly { readonly value: Layers; readonly title: string; readonly keys: string }[] = [
  { value: 'words', title: t('Show words only'), keys: 'Alt+1' },
  { value: 'thoughts', title: t('Show thoughts too'), keys: 'Alt+2' },
  { value: 'planning', title: t('Show thoughts and planning'), keys: 'Alt+3' },
]

/** The commands about how a chat is read and about its tree. */
export function useStoryCommands(conversation: Conversation, { path, tree }: Transcript, players: Players): void {
  const services = useServices()
  const { storyTree, voice } = services
  const isReading = useReadingMode((mode) => mode.isOn)
  const setLayers = useLayout((layout) => layout.setLayers)
  const openAll = useLayout((layout) => layout.openAll)
  const showsStage = useLayout((layout) => layout.showsStage)
  const setStage = useLayout((layout) => layout.setStage)
  const isScript = useLayout(({ scriptChats }) => scriptChats[conversation.id] === true)
  const setScript = useLayout((layout) => layout.setScript)
  useEffect(
    () => () => {
      setReadingMode(false)
      closeFind()
      stopReadingAloud()
    },
    [],
  )
  const commands = useMemo<readonly Command[]>(() => {
    const { id, seals } = conversation
    const last = path.at(-1)
    const onTurn = (act: (turn: Turn) => void) => () => {
      const turn = focusedTurn(path) ?? last
      if (turn) act(turn)
    }
    const directorsCut = async () => {
      if (seals) await storyTree.playSealed(id, false)
      openAll(id, tree.turnsById.keys())
      showToast(t('The director’s cut: every thought and all planning of this chat is open.'))
    }
    const playSealed = async () => {
      await storyTree.playSealed(id, true)
      showToast(t('Thoughts and planning of this chat are sealed now.'), {
        action: { label: t('Undo'), run: () => void storyTree.playSealed(id, false) },
      })
    }
    return [
      {
        id: 'map',
        title: t('Story map'),
        group: 'Chat',
        keys: 'Alt+g',
        words: t('tree, branches, bookmarks'),
        run: () => openChatDialog('map'),
      },
      { id: 'find', title: t('Find in this chat'), group: 'Chat', keys: '$mod+f', words: t('search'), run: openFind },
      ...(seals
        ? []
        : [
            {
              id: 'sealed',
              title: t('Play sealed'),
              group: 'Chat' as const,
              words: t('seal, hide thoughts'),
              run: () => void playSealed(),
            },
          ]),
      {
        id: 'enhance',
        title: t('Write the thoughts behind it…'),
        group: 'Chat',
        words: t('lab, reverse, teacher'),
        run: () => navigate(`/lab/enhance#${id}`),
      },
      {
        id: 'directors-cut',
        title: t('Director’s cut'),
        group: 'Chat',
        words: t('reveal, open everything, seal'),
        run: () => void directorsCut(),
      },
      ...(conversation.cast
        ? [
            {
              id: 'stage',
              title: showsStage ? t('Leave the stage view') : t('Stage view'),
              group: 'Chat' as const,
              keys: 'Alt+v',
              words: t('faces, cast, theatre'),
              run: () => setStage(!showsStage),
            },
          ]
        : []),
      {
        id: 'script',
        title: isScript ? t('Leave the script layout') : t('Script layout'),
        group: 'Chat',
        keys: 'Alt+i',
        words: t('play, screenplay, typeset, print'),
        run: () => setScript(id, !isScript),
      },
      {
        id: 'reading',
        title: isReading ? t('Leave reading mode') : t('Reading mode'),
        group: 'Chat',
        keys: 'r',
        run: () => toggleReading(!isReading),
      },
      ...(isReading
        ? [
            {
              id: 'leave-reading',
              title: t('Back from reading'),
              group: 'Reading' as const,
              keys: 'Escape',
              run: () => toggleReading(false),
            },
          ]
        : []),
      ...depths.map(({ value, title, keys }) => ({
        id: `layers:${value}`,
        title,
        group: 'Reading' as const,
        keys,
        run: () => setLayers(conversation, value),
      })),
      ...(voice.isThere
        ? [
            {
              id: 'read-aloud',
              title: t('Read aloud, or stop reading'),
              group: 'Reply' as const,
              keys: 'Alt+l',
              words: t('speech, voice, listen'),
              run: onTurn((turn) => {
                if (turnReadAloud() === turn.id) stopReadingAloud()
                else readAloud(voice, turn.id, spokenTexts(readTurn(turn, players.cast)))
              }),
            },
          ]
        : []),
      {
        id: 'branch',
        title: t('Branch from here'),
        group: 'Reply',
        keys: 'Alt+n',
        run: onTurn((turn) => void branchHere(services, turn)),
      },
      {
        id: 'bookmark',
        title: t('Bookmark the turn'),
        group: 'Reply',
        keys: 'Alt+b',
        run: onTurn((turn) => void storyTree.bookmark(id, turn.id, !turn.bookmarked)),
      },
      {
        id: 'name-turn',
        title: t('Name the turn'),
        group: 'Reply',
        run: onTurn((turn) => openTurnDialog('name', turn.id)),
      },
      {
        id: 'compare',
        title: t('Compare takes'),
        group: 'Reply',
        keys: 'Alt+c',
        run: onTurn((turn) => {
          if (takesOf(tree, turn).length > 1) openTurnDialog('compare', turn.id)
          else showToast(t('This turn has only one take.'))
        }),
      },
      {
        id: 'which-take',
        title: t('Which take is better?'),
        group: 'Reply',
        keys: 'Alt+o',
        run: onTurn((turn) => {
          if (takesOf(tree, turn).length > 1) askAboutTakes({ kind: 'compare', conversationId: id, turnId: turn.id })
          else showToast(t('This turn has only one take.'))
        }),
      },
      {
        id: 'best-of',
        title: t('Best of many takes…'),
        group: 'Reply',
        run: onTurn((turn) => askAboutTakes({ kind: 'best-of', conversationId: id, turnId: turn.id })),
      },
    ]
  }, [
    conversation,
    path,
    tree,
    players,
    services,
    storyTree,
    voice,
    isReading,
    showsStage,
    isScript,
    setLayers,
    openAll,
    setStage,
    setScript,
  ])
  useCommands(commands)
}

/** The focus goes to the story, which is then scrolled by the arrow keys. */
function toggleReading(isOn: boolean): void {
  setReadingMode(isOn)
  if (isOn) document.querySelector<HTMLElement>('[role=log]')?.focus()
}

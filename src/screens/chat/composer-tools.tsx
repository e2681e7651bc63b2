import { Eye, PenLine, X } from 'lucide-react'
import { Suspense, useCallback, useMemo } from 'react'
import type { ConversationId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { type Command, useCommands } from '#state/commands.ts'
import { useConversation } from '#state/conversations.ts'
import { useServices } from '#state/services.tsx'
import { useAside } from '#state/use-aside.ts'
import { Button } from '#ui/button.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { MirrorPanel } from './mirror-panel.tsx'

const SceneMirrors = lazyPart(() =>
  import('./scene/scene-mirrors.tsx').then((module) => ({ default: module.SceneMirrors })),
)

const writeForMe: Omit<Command, 'run'> = {
  id: 'write-for-me',
  title: t('Write my turn for me'),
  group: 'Chat',
  keys: 'Alt+w',
  words: t('impersonate'),
}

const lookInMirror: Omit<Command, 'run'> = {
  id: 'mirror',
  title: t('What would they think of my draft?'),
  group: 'Chat',
  keys: 'Alt+q',
  words: t('mirror'),
}

interface Props {
  readonly conversationId: ConversationId
  readonly name: string
  /** What stands in the composer, unsent. */
  readonly text: string
  readonly setText: (text: string) => void
}

/**
 * What the model can be asked about a turn that is not sent yet: to write it, or which silent thought it would provoke.
 * Neither becomes part of the story.
 */
export function ComposerTools({ conversationId, name, text, setText }: Props) {
  const { asides } = useServices()
  const conversation = useConversation(conversationId)
  const isScene = conversation?.cast !== undefined
  const mirror = useAside()
  const writing = useAside()
  const draft = text.trim()
  const { ask: askForThought } = mirror
  const { ask: askForTurn } = writing
  const askMirror = useCallback(
    () => void askForThought((signal, onText) => asides.mirror({ conversationId, draft, signal, onText })),
    [askForThought, asides, conversationId, draft],
  )
  const askWriting = useCallback(
    () => void askForTurn((signal, onText) => asides.writeForReader({ conversationId, signal, onText }), setText),
    [askForTurn, asides, conversationId, setText],
  )
  const commands = useMemo<readonly Command[]>(() => {
    if (draft === '') return [{ ...writeForMe, run: askWriting }]
    return isScene ? [] : [{ ...lookInMirror, run: askMirror }]
  }, [draft, isScene, askMirror, askWriting])
  useCommands(commands)

  return (
    <>
      {conversation && isScene && (
        <Suspense>
          <SceneMirrors {...{ conversation, draft, command: lookInMirror }} />
        </Suspense>
      )}
      {mirror.aside && <MirrorPanel name={name} aside={mirror.aside} onClose={mirror.dismiss} />}
      {writing.aside?.problem && <p className="basis-full text-danger text-xs">{writing.aside.problem}</p>}
      <div className="-ms-2.5 flex">
        {writing.aside?.isRunning ? (
          <Button look="quiet" isSmall onClick={writing.stop}>
            <X aria-hidden className="size-3.5" /> {t('Stop writing')}
          </Button>
        ) : draft !== '' && isScene ? null : draft !== '' ? (
          <Button
            look="quiet"
            isSmall
            title={t('One short call: the silent thought of {name} that your words would provoke. It is not kept.', {
              name,
            })}
            onClick={askMirror}
          >
            <Eye aria-hidden className="size-3.5" /> {t('What would they think?')}
          </Button>
        ) : (
          <Button
            look="quiet"
            isSmall
            title={t('One call: the model writes your next turn into the field, for you to change.')}
            onClick={askWriting}
          >
            <PenLine aria-hidden className="size-3.5" /> {t('Write for me')}
          </Button>
        )}
      </div>
    </>
  )
}

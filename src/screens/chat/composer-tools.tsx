import { Eye, PenLine, X } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import type { ConversationId } from '#core/ids.ts'
import { type Command, useCommands } from '#state/commands.ts'
import { useServices } from '#state/services.tsx'
import { type Aside, useAside } from '#state/use-aside.ts'
import { Button } from '#ui/button.tsx'

const writeForMe: Omit<Command, 'run'> = {
  id: 'write-for-me',
  title: 'Write my turn for me',
  group: 'Chat',
  keys: 'Alt+w',
  words: ['impersonate'],
}

const lookInMirror: Omit<Command, 'run'> = {
  id: 'mirror',
  title: 'What would they think of my draft?',
  group: 'Chat',
  keys: 'Alt+q',
  words: ['mirror'],
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
    return draft === '' ? [{ ...writeForMe, run: askWriting }] : [{ ...lookInMirror, run: askMirror }]
  }, [draft, askMirror, askWriting])
  useCommands(commands)

  return (
    <>
      {mirror.aside && <MirrorPanel name={name} aside={mirror.aside} onClose={mirror.dismiss} />}
      {writing.aside?.problem && <p className="basis-full text-danger text-xs">{writing.aside.problem}</p>}
      <div className="-ml-2.5 flex">
        {writing.aside?.isRunning ? (
          <Button look="quiet" className="min-h-7 text-xs" onClick={writing.stop}>
            <X aria-hidden className="size-3.5" /> Stop writing
          </Button>
        ) : draft !== '' ? (
          <Button
            look="quiet"
            className="min-h-7 text-xs"
            title={`One short call: the silent thought of ${name} that your words would provoke. It is not kept.`}
            onClick={askMirror}
          >
            <Eye aria-hidden className="size-3.5" /> What would they think?
          </Button>
        ) : (
          <Button
            look="quiet"
            className="min-h-7 text-xs"
            title="One call: the model writes your next turn into the field, for you to change."
            onClick={askWriting}
          >
            <PenLine aria-hidden className="size-3.5" /> Write for me
          </Button>
        )}
      </div>
    </>
  )
}

interface MirrorProps {
  readonly name: string
  readonly aside: Aside
  readonly onClose: () => void
}

/** The thought a draft would provoke. It is no part of the story. */
function MirrorPanel({ name, aside, onClose }: MirrorProps) {
  return (
    <section
      aria-label={`What ${name} would think`}
      className="mb-1 flex basis-full items-start gap-2 border-accent/60 border-l-2 py-1 pl-3.5"
    >
      <div className="min-w-0 flex-1">
        <p className="font-sans text-faint text-xs">
          {name} would think, unsaid {aside.isRunning && '…'}
        </p>
        <p aria-live="polite" aria-busy={aside.isRunning} className="font-story text-soft italic">
          {aside.text}
        </p>
        {aside.problem && <p className="text-danger text-xs">{aside.problem}</p>}
      </div>
      <Button look="quiet" className="min-h-7 px-1.5" aria-label="Close the mirror" onClick={onClose}>
        <X aria-hidden className="size-3.5" />
      </Button>
    </section>
  )
}

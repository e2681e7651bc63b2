import { ArrowUp, Square } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import type { ConversationId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { useLayout } from '#state/layout.ts'
import { useServices } from '#state/services.tsx'
import { useIsRunning } from '#state/use-run.ts'
import { type Sending, useSend } from '#state/use-send.ts'
import { Button } from '#ui/button.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { showToast } from '#ui/toasts.tsx'

const ComposerTools = lazyPart(() =>
  import('./composer-tools.tsx').then((module) => ({ default: module.ComposerTools })),
)

/** An unsent text is remembered this long after the last key, in milliseconds. */
const rememberAfterMs = 400

const whyNotSent: Readonly<Record<Exclude<Sending, 'sent'>, string>> = {
  'not-saved': t('This browser could not save your message, so it was not sent. Free some disk space and try again.'),
  'written-elsewhere': t(
    'Another tab is writing in this chat. Wait until the reply has ended, or stop it there; then send again.',
  ),
}

interface Props {
  readonly conversationId: ConversationId
  readonly name: string
  /** Stands at the end of the row above the field. */
  readonly beside?: ReactNode
}

/** Where the reader writes. Enter sends, Shift+Enter breaks the line; what was not sent is there again later. */
export function Composer({ conversationId, name, beside }: Props) {
  const { chat } = useServices()
  const sendMessage = useSend(conversationId)
  const isRunning = useIsRunning(conversationId)
  const [text, setText] = useDraft(conversationId)
  const input = useRef<HTMLTextAreaElement>(null)
  const isSending = useRef(false)

  async function send() {
    const words = text.trim()
    if (words === '' || isRunning || isSending.current) return
    isSending.current = true
    try {
      const sending = await sendMessage(words)
      if (sending !== 'sent') return showToast(whyNotSent[sending], { tone: 'danger' })
      // Only now, so that the message goes before anything is drawn; what was typed meanwhile stays.
      setText((now) => (now.startsWith(text) ? now.slice(text.length) : now))
    } finally {
      isSending.current = false
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    // While an input method is composing, Enter chooses a candidate.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void send()
  }

  return (
    <>
      {/* Its place stays while a reply comes, or the page would move. */}
      <div className="mx-auto flex min-h-7 w-full max-w-[42rem] flex-wrap items-center gap-x-3 px-4 sm:px-6">
        <Suspense>{!isRunning && <ComposerTools {...{ conversationId, name, text, setText }} />}</Suspense>
        <div className="ms-auto flex min-w-0 items-center gap-3">{beside}</div>
      </div>
      <form
        className="mx-auto flex w-full max-w-[42rem] items-end gap-2 px-3 pb-3 sm:px-6 sm:pb-4"
        onSubmit={(event) => {
          event.preventDefault()
          void send()
        }}
      >
        <textarea
          ref={input}
          data-composer
          aria-label={t('Message')}
          placeholder={t('Say something to {name}', { name })}
          rows={1}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          className="story field-sizing-content placeholder:truncate max-h-48 min-h-12 flex-1 resize-none rounded-2xl border border-line bg-raised px-4 py-2 shadow-sm placeholder:font-sans placeholder:text-faint placeholder:text-sm"
        />
        {isRunning ? (
          <Button
            look="primary"
            className="size-12 rounded-2xl px-0"
            aria-label={t('Stop')}
            onClick={() => {
              chat.stop(conversationId)
              input.current?.focus()
            }}
          >
            <Square aria-hidden className="size-4" fill="currentColor" />
          </Button>
        ) : (
          <Button
            type="submit"
            look="primary"
            className="size-12 rounded-2xl px-0"
            aria-label={t('Send')}
            disabled={text.trim() === ''}
          >
            <ArrowUp aria-hidden className="size-5" />
          </Button>
        )}
      </form>
    </>
  )
}

/** The unsent text of a chat: state here, kept on the side a moment after the last key and when the chat is left. */
function useDraft(conversationId: ConversationId) {
  const [text, setText] = useState(() => useLayout.getState().draftsByConversation[conversationId] ?? '')
  useEffect(() => {
    const remember = () => {
      const { draftsByConversation, setDraft } = useLayout.getState()
      if ((draftsByConversation[conversationId] ?? '') !== text) setDraft(conversationId, text)
    }
    const timer = setTimeout(remember, text === '' ? 0 : rememberAfterMs)
    window.addEventListener('pagehide', remember)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('pagehide', remember)
      remember()
    }
  }, [conversationId, text])
  return [text, setText] as const
}

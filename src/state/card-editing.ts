import { useCallback, useEffect, useRef, useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import type { CardSession, SaveEnd } from '#engine/card-session.ts'
import { useServices } from './services.tsx'

/** A pause in typing. */
const saveAfterMs = 350

/** Where a card that is edited stands between the page and the disk. */
export type SaveState =
  | { readonly kind: 'saved' | 'saving' | 'failed' | 'gone' }
  /** Somebody else changed it, and what was written here is not saved. */
  | { readonly kind: 'changed-elsewhere'; readonly theirs: CardDocument }

export interface CardEditing {
  /** The card as it stands on the page. */
  readonly document: CardDocument
  readonly state: SaveState
  /** How often the card was replaced from outside of the forms: those that keep text of their own begin anew. */
  readonly replaced: number
  /** Puts another card in its place; it is saved in a moment. */
  readonly change: (document: CardDocument) => void
  /** Saves what was not saved yet, now. */
  readonly flush: () => Promise<void>
  readonly keepMine: () => Promise<void>
  readonly takeTheirs: () => Promise<void>
}

/**
 * A card that is edited: saved by itself a moment after the last change, and at once when a field is left, the page is
 * hidden or the studio goes. What was written elsewhere meanwhile is never written over without being asked.
 */
export function useCardEditing(character: Character): CardEditing {
  const { studio } = useServices()
  const [document, setDocument] = useState(character.document)
  const [state, setState] = useState<SaveState>({ kind: 'saved' })
  const [replaced, setReplaced] = useState(0)
  const [opened] = useState(character)
  const session = useRef<Promise<CardSession>>(undefined)
  const pending = useRef<CardDocument>(undefined)
  const writing = useRef(0)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const open = useCallback(() => {
    session.current ??= studio().then((made) => made.open(opened))
    return session.current
  }, [studio, opened])

  const finish = useCallback((end: SaveEnd, document: CardDocument) => {
    if (end.kind === 'saved') {
      setState({ kind: pending.current ? 'saving' : 'saved' })
      return
    }
    // It is still to be saved, once the reader has said how.
    pending.current ??= document
    setState(end)
  }, [])

  /** Takes what waits to be saved, and does something with it that writes. */
  const settle = useCallback(
    async (work: (session: CardSession, mine: CardDocument) => Promise<void>) => {
      clearTimeout(timer.current)
      const mine = pending.current
      if (!mine) return
      pending.current = undefined
      writing.current += 1
      try {
        await work(await open(), mine)
      } catch {
        // A disk that is full, nearly always. The next change tries again.
        pending.current ??= mine
        setState({ kind: 'failed' })
      } finally {
        writing.current -= 1
      }
    },
    [open],
  )

  const flush = useCallback(
    () => settle(async (session, mine) => finish(await session.save(mine), mine)),
    [settle, finish],
  )

  const change = useCallback(
    (next: CardDocument) => {
      pending.current = next
      setDocument(next)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void flush(), saveAfterMs)
      setState((before) => (before.kind === 'saved' ? { kind: 'saving' } : before))
    },
    [flush],
  )

  const replace = useCallback((next: CardDocument) => {
    setDocument(next)
    setReplaced((count) => count + 1)
    setState({ kind: 'saved' })
  }, [])

  const keepMine = useCallback(
    () => settle(async (session, mine) => finish(await session.keepMine(mine), mine)),
    [settle, finish],
  )

  const takeTheirs = useCallback(
    () =>
      settle(async (session, mine) => {
        const theirs = await session.takeTheirs(mine)
        if (theirs) replace(theirs)
      }),
    [settle, replace],
  )

  useEffect(() => {
    void open()
    const onHide = () => window.document.visibilityState === 'hidden' && void flush()
    const onLeave = () => void flush()
    window.document.addEventListener('visibilitychange', onHide)
    window.addEventListener('pagehide', onLeave)
    return () => {
      window.document.removeEventListener('visibilitychange', onHide)
      window.removeEventListener('pagehide', onLeave)
      void flush()
    }
  }, [open, flush])

  // What another tab, the lorebook editor or a restored version wrote is taken over while nothing waits to be saved.
  useEffect(() => {
    let isCurrent = true
    const follow = async () => {
      const opened = await open()
      if (!isCurrent || pending.current || writing.current > 0) return
      const news = opened.follow(character)
      if (news) replace(news)
    }
    void follow()
    return () => {
      isCurrent = false
    }
  }, [open, character, replace])

  return { document, state, replaced, change, flush, keepMine, takeTheirs }
}

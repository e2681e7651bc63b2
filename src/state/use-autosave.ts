import { useCallback, useEffect, useRef, useState } from 'react'

/** A pause in typing. */
const saveAfterMs = 350

interface Autosave<Edit> {
  /** What was changed and is not known to be saved, or was saved a moment ago. */
  readonly draft: Edit
  /** Changes something; it is saved in a moment. */
  readonly change: (edit: Edit) => void
  /** Saves what was not saved yet, now. */
  readonly flush: () => void
}

/**
 * Keeps what a form changes, and saves it by itself: a moment after the last change, and at once when the page is hidden
 * or the form goes. What was changed here is shown as it was typed, whatever comes back from disk.
 * @param save keeps its identity while it saves to the same place.
 */
export function useAutosave<Edit extends object>(save: (edit: Edit) => Promise<void>): Autosave<Edit> {
  const [draft, setDraft] = useState({} as Edit)
  const pending = useRef<Edit>(undefined)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)

  const flush = useCallback(() => {
    clearTimeout(timer.current)
    const edit = pending.current
    pending.current = undefined
    if (edit) void save(edit)
  }, [save])

  const change = useCallback(
    (edit: Edit) => {
      pending.current = { ...pending.current, ...edit } as Edit
      setDraft((before) => ({ ...before, ...edit }))
      clearTimeout(timer.current)
      timer.current = setTimeout(flush, saveAfterMs)
    },
    [flush],
  )

  useEffect(() => {
    const onHide = () => document.visibilityState === 'hidden' && flush()
    document.addEventListener('visibilitychange', onHide)
    window.addEventListener('pagehide', flush)
    return () => {
      document.removeEventListener('visibilitychange', onHide)
      window.removeEventListener('pagehide', flush)
      flush()
    }
  }, [flush])

  return { draft, change, flush }
}

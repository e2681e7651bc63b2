import { useCallback, useEffect, useRef, useState } from 'react'
import { t } from '#lib/translate.ts'
import type { Services } from './services.tsx'

export type AsideEnd = Awaited<ReturnType<Services['asides']['mirror']>>

/** What a model is being asked beside every story. */
export interface Aside {
  readonly text: string
  readonly isRunning: boolean
  /** Why there is no text, or no more of it. */
  readonly problem?: string
}

type Ask = (signal: AbortSignal, onText: (text: string) => void) => Promise<AsideEnd>

/** Asks one thing at a time; a new one, and leaving the place, stops the last. */
export function useAside() {
  const [aside, setAside] = useState<Aside>()
  const aborter = useRef<AbortController>(undefined)
  const stop = useCallback(() => aborter.current?.abort(), [])
  useEffect(() => stop, [stop])

  const ask = useCallback(async (run: Ask, onText?: (text: string) => void): Promise<void> => {
    aborter.current?.abort()
    const mine = new AbortController()
    aborter.current = mine
    setAside({ text: '', isRunning: true })
    let text = ''
    const take = (words: string) => {
      text = words
      if (mine.signal.aborted) return
      setAside({ text, isRunning: true })
      onText?.(text)
    }
    const end = await run(mine.signal, take).catch((error: unknown) => {
      if (aborter.current === mine)
        setAside({ text, isRunning: false, problem: t('It could not be asked. Try again.') })
      throw error
    })
    const problem = await problemOf(end)
    if (aborter.current === mine) setAside({ text, isRunning: false, ...problem })
  }, [])

  const dismiss = useCallback(() => {
    stop()
    aborter.current = undefined
    setAside(undefined)
  }, [stop])

  return { aside, ask, stop, dismiss }
}

/** Why an aside has nothing to tell, in words. */
export async function problemOf(end: AsideEnd): Promise<{ readonly problem: string } | undefined> {
  switch (end.kind) {
    case 'done':
    case 'stopped':
      return undefined
    case 'empty':
      return { problem: t('The model gave nothing of the kind. Ask again, or say more.') }
    case 'failed': {
      // The words for failures come with the first one.
      const { describeModelError } = await import('#core/describe-model-error.ts')
      const { sentence, remedy } = describeModelError(end.error)
      return { problem: `${sentence} ${remedy}` }
    }
  }
}

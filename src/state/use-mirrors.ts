import { useCallback, useEffect, useRef, useState } from 'react'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import { useSceneChoice } from './scene-choices.ts'
import { useServices } from './services.tsx'
import { type Aside, problemOf } from './use-aside.ts'

/** What everyone of a scene is being asked to think of a draft; undefined while nobody is. */
type Mirrors = ReadonlyMap<CharacterId, Aside>

/** Asks all who would hear a draft what they would think, several at once. Leaving the place stops them. */
export function useMirrors(conversationId: ConversationId) {
  const { asides } = useServices()
  const sending = useSceneChoice(conversationId)
  const [mirrors, setMirrors] = useState<Mirrors>()
  const aborter = useRef<AbortController>(undefined)
  const dismiss = useCallback(() => {
    aborter.current?.abort()
    setMirrors(undefined)
  }, [])
  useEffect(() => () => aborter.current?.abort(), [])

  const ask = useCallback(
    async (draft: string): Promise<void> => {
      aborter.current?.abort()
      const mine = new AbortController()
      aborter.current = mine
      const set = (id: CharacterId, part: Partial<Aside>) => {
        if (mine.signal.aborted) return
        setMirrors((before) => {
          const aside = before?.get(id) ?? { text: '', isRunning: true }
          return new Map(before).set(id, { ...aside, ...part })
        })
      }
      await asides.mirrors({
        conversationId,
        draft,
        sending,
        signal: mine.signal,
        onAsked: (ids) => setMirrors(new Map(ids.map((id) => [id, { text: '', isRunning: true }]))),
        onText: (id, text) => set(id, { text }),
        onEnd: (id, end) => void problemOf(end).then((problem) => set(id, { isRunning: false, ...problem })),
      })
    },
    [asides, conversationId, sending],
  )
  return { mirrors, ask, dismiss }
}

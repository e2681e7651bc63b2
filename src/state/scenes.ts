import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { ConversationId } from '#core/ids.ts'
import type { Scenes } from '#engine/scenes.ts'
import { useServices } from './services.tsx'

const nothingRuns = createStore<{ readonly scenes: ReadonlyMap<ConversationId, number> }>(() => ({ scenes: new Map() }))

/** What is done in scenes, once its code is there, and how many turns this one goes on by itself. */
export function useScenes(id: ConversationId): { readonly scenes: Scenes | undefined; readonly left: number } {
  const { scenes: openScenes } = useServices()
  const [scenes, setScenes] = useState<Scenes>()
  useEffect(() => {
    let isGone = false
    // Code that can't be had leaves the button off; whatever else needs it says so.
    openScenes().then(
      (opened) => !isGone && setScenes(opened),
      () => undefined,
    )
    return () => {
      isGone = true
    }
  }, [openScenes])
  const left = useStore(scenes?.running ?? nothingRuns, (running) => running.scenes.get(id) ?? 0)
  return { scenes, left }
}

import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { useImportFiles } from '#state/import-files.ts'
import { filesIn } from './dropped-files.ts'

interface Props {
  readonly entries: readonly (FileSystemEntry | File)[]
}

/** Imports what was dropped, each as what it is, and goes to it where it was one thing. Shows nothing of its own. */
export function TakeDropped({ entries }: Props) {
  const importFiles = useImportFiles()
  const [, navigate] = useLocation()
  const taken = useRef<Props['entries']>(undefined)
  useEffect(() => {
    if (taken.current === entries) return
    taken.current = entries
    const take = async () => {
      const outcomes = await importFiles(await filesIn(entries))
      const [only] = outcomes
      if (outcomes.length !== 1 || only?.status === 'skipped') return
      if (only?.conversationId) navigate(`/chat/${only.conversationId}`)
      else if (only?.sceneId) navigate(`/scenes/${only.sceneId}`)
      else if (only?.lorebookId) navigate(`/lorebooks/${only.lorebookId}`)
      else if (only?.characterId) navigate(`/characters/${only.characterId}`)
    }
    void take()
  }, [entries, importFiles, navigate])
  return null
}

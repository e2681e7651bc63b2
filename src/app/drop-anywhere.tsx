import { useEffect, useState } from 'react'
import { useLocation } from 'wouter'
import { useImportFiles } from '#state/import-files.ts'
import { droppedEntries, filesIn } from './dropped-files.ts'

/** Takes files of cards, lorebooks, chats and scenes that are dropped anywhere on the page. */
export function DropAnywhere() {
  const importFiles = useImportFiles()
  const [, navigate] = useLocation()
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false
    const onDragOver = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false)
    }
    const onDrop = (event: DragEvent) => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      if (event.dataTransfer) void take(droppedEntries(event.dataTransfer))
    }
    const take = async (entries: ReturnType<typeof droppedEntries>) => {
      const outcomes = await importFiles(await filesIn(entries))
      const [only] = outcomes
      if (outcomes.length !== 1 || only?.status === 'skipped') return
      if (only?.conversationId) navigate(`/chat/${only.conversationId}`)
      else if (only?.sceneId) navigate(`/scenes/${only.sceneId}`)
      else if (only?.lorebookId) navigate(`/lorebooks/${only.lorebookId}`)
      else if (only?.characterId) navigate(`/characters/${only.characterId}`)
    }
    document.addEventListener('dragover', onDragOver)
    document.addEventListener('dragleave', onDragLeave)
    document.addEventListener('drop', onDrop)
    return () => {
      document.removeEventListener('dragover', onDragOver)
      document.removeEventListener('dragleave', onDragLeave)
      document.removeEventListener('drop', onDrop)
    }
  }, [importFiles, navigate])

  if (!isOver) return null
  return (
    <div className="pointer-events-none fixed inset-3 z-50 flex items-center justify-center rounded-3xl border-2 border-accent border-dashed bg-page/90">
      <p className="font-story text-2xl text-accent">
        Drop character cards (PNG, JSON, CHARX and more), lorebooks, chats and scenes, or a folder of them
      </p>
    </div>
  )
}

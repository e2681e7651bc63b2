import { Suspense, useEffect, useState } from 'react'
import { t } from '#lib/translate.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { droppedEntries } from './dropped-entries.ts'

const TakeDropped = lazyPart(() => import('./take-dropped.tsx').then((m) => ({ default: m.TakeDropped })))

type Entries = ReturnType<typeof droppedEntries>

/** Takes files of cards, lorebooks, chats and scenes that are dropped anywhere on the page. */
export function DropAnywhere() {
  const [drops, setDrops] = useState<readonly Entries[]>([])
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
      if (!event.dataTransfer) return
      const entries = droppedEntries(event.dataTransfer)
      setDrops((before) => [...before, entries])
    }
    document.addEventListener('dragover', onDragOver)
    document.addEventListener('dragleave', onDragLeave)
    document.addEventListener('drop', onDrop)
    return () => {
      document.removeEventListener('dragover', onDragOver)
      document.removeEventListener('dragleave', onDragLeave)
      document.removeEventListener('drop', onDrop)
    }
  }, [])

  return (
    <>
      <Suspense>
        {drops.map((entries, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: drops are only ever added
          <TakeDropped key={index} entries={entries} />
        ))}
      </Suspense>
      {isOver && (
        <div className="pointer-events-none fixed inset-3 z-50 flex items-center justify-center rounded-3xl border-2 border-accent border-dashed bg-page/90">
          <p className="font-story text-2xl text-accent">
            {t('Drop character cards (PNG, JSON, CHARX and more), lorebooks, chats and scenes, or a folder of them')}
          </p>
        </div>
      )}
    </>
  )
}

import { Suspense, useState } from 'react'
import { t } from '#lib/translate.ts'
import { DropTarget } from '#ui/drop-target.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { droppedEntries } from './dropped-entries.ts'

const TakeDropped = lazyPart(() => import('./take-dropped.tsx').then((m) => ({ default: m.TakeDropped })))

type Entries = ReturnType<typeof droppedEntries>

/** Takes files of cards, lorebooks, chats and scenes that are dropped anywhere on the page. */
export function DropAnywhere() {
  const [drops, setDrops] = useState<readonly Entries[]>([])
  return (
    <>
      <Suspense>
        {drops.map((entries, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: drops are only ever added
          <TakeDropped key={index} entries={entries} />
        ))}
      </Suspense>
      <DropTarget
        label={t('Drop cards, lorebooks, chats and scenes, or a folder of them')}
        onDrop={(dropped) => {
          const entries = droppedEntries(dropped)
          setDrops((before) => [...before, entries])
        }}
      />
    </>
  )
}

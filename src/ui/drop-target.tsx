import { useEffect, useRef, useState } from 'react'

interface Props {
  /** What may be dropped. */
  readonly label: string
  readonly onDrop: (dropped: DataTransfer) => void
  /** Takes what would go to another one: what is open knows best what it is shown. */
  readonly isAbove?: boolean
}

/** Takes files that are dropped anywhere on the page, and says so while they are held above it. */
export function DropTarget({ label, onDrop, isAbove = false }: Props) {
  const [isOver, setOver] = useState(false)
  const take = useRef(onDrop)
  useEffect(() => {
    take.current = onDrop
  })
  useEffect(() => {
    const listeners = new AbortController()
    const options = { capture: isAbove, signal: listeners.signal }
    const isOurs = (event: DragEvent) => {
      if (!event.dataTransfer?.types.includes('Files')) return false
      event.preventDefault()
      if (isAbove) event.stopPropagation()
      return true
    }
    document.addEventListener('dragover', (event) => isOurs(event) && setOver(true), options)
    document.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && setOver(false), options)
    document.addEventListener(
      'drop',
      (event) => {
        if (!isOurs(event)) return
        setOver(false)
        if (event.dataTransfer) take.current(event.dataTransfer)
      },
      options,
    )
    return () => listeners.abort()
  }, [isAbove])
  if (!isOver) return null
  return (
    <div className="pointer-events-none fixed inset-3 z-50 flex items-center justify-center rounded-3xl border-2 border-accent border-dashed bg-page/90 p-6">
      <p className="text-center font-story text-2xl text-accent">{label}</p>
    </div>
  )
}

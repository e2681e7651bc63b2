import { useEffect, useState } from 'react'

interface Props {
  /** What may be dropped. */
  readonly label: string
  readonly onDrop: (dropped: DataTransfer) => void
  /** Takes what would go to another one: what is open knows best what it is shown. */
  readonly isAbove?: boolean
}

/** Takes files that are dropped anywhere on the page, and says so while they are held above it. */
export function DropTarget({ label, onDrop, isAbove }: Props) {
  const [isOver, setOver] = useState(false)
  useEffect(() => {
    const handle = (event: DragEvent) => {
      const { type, dataTransfer, relatedTarget } = event
      if (type === 'dragleave') return relatedTarget === null && setOver(false)
      if (!dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      if (isAbove) event.stopPropagation()
      setOver(type === 'dragover')
      if (type === 'drop') onDrop(dataTransfer)
    }
    const listeners = new AbortController()
    const options = { capture: isAbove === true, signal: listeners.signal }
    for (const type of ['dragover', 'dragleave', 'drop'] as const) document.addEventListener(type, handle, options)
    return () => listeners.abort()
  }, [isAbove, onDrop])

  return (
    isOver && (
      <p className="pointer-events-none fixed inset-3 z-50 flex items-center justify-center rounded-3xl border-2 border-accent border-dashed bg-page/90 text-center font-story text-2xl text-accent">
        {label}
      </p>
    )
  )
}

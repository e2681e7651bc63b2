import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { moved } from '#lib/moved.ts'
import { Button } from '#ui/button.tsx'
import { showToast } from '#ui/toasts.tsx'
import { GreetingEditor } from './greeting-editor.tsx'

interface Item {
  readonly key: number
  readonly text: string
}

interface Props {
  readonly noun: string
  readonly speaker: string
  /** The greetings as they were when the list was opened; from then on it has its own. */
  readonly opened: readonly string[]
  readonly onChange: (greetings: readonly string[]) => void
}

/** Greetings in their order: each can be written, moved, removed and brought back. */
export function GreetingList({ noun, speaker, opened, onChange }: Props) {
  const [items, setItems] = useState<readonly Item[]>(() => opened.map((text, key) => ({ key, text })))
  // What is brought back from a note comes into the list as it is by then.
  const current = useRef(items)
  const [nextKey, setNextKey] = useState(opened.length)

  function write(next: readonly Item[]) {
    current.current = next
    setItems(next)
    onChange(next.map(({ text }) => text))
  }

  function add() {
    write([...items, { key: nextKey, text: '' }])
    setNextKey(nextKey + 1)
  }

  function remove(item: Item, index: number) {
    write(items.filter(({ key }) => key !== item.key))
    if (item.text.trim() === '') return
    const bringBack = () => write(current.current.toSpliced(index, 0, item))
    showToast(`${noun} ${index + 1} removed.`, { action: { label: 'Undo', run: bringBack } })
  }

  return (
    <>
      <ol aria-label={`${noun}s`} className="flex flex-col gap-4">
        {items.map((item, index) => (
          <li key={item.key}>
            <GreetingEditor
              title={`${noun} ${index + 1}`}
              speaker={speaker}
              text={item.text}
              onChange={(text) => write(items.map((one) => (one.key === item.key ? { ...one, text } : one)))}
              onMove={{
                up: index > 0 ? () => write(moved(items, index, index - 1)) : undefined,
                down: index < items.length - 1 ? () => write(moved(items, index, index + 1)) : undefined,
              }}
              onRemove={() => remove(item, index)}
            />
          </li>
        ))}
      </ol>
      <Button look="quiet" className="-ms-2.5 self-start" onClick={add}>
        <Plus aria-hidden className="size-4" /> Add a {noun.toLowerCase()}
      </Button>
    </>
  )
}

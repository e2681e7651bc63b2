import { Plus } from 'lucide-react'
import { useRef, useState } from 'react'
import { moved } from '#lib/moved.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { showToast } from '#ui/toasts.tsx'
import { GreetingEditor } from './greeting-editor.tsx'

interface Item {
  readonly key: number
  readonly text: string
}

/** What is said of greetings, by where they are told. */
const wordings = {
  all: {
    list: t('Greetings'),
    title: (number: number) => t('Greeting {number, number}', { number }),
    name: (number: number) => t('greeting {number, number}', { number }),
    removed: (number: number) => t('Greeting {number, number} removed.', { number }),
    add: t('Add a greeting'),
  },
  group: {
    list: t('Group greetings'),
    title: (number: number) => t('Group greeting {number, number}', { number }),
    name: (number: number) => t('group greeting {number, number}', { number }),
    removed: (number: number) => t('Group greeting {number, number} removed.', { number }),
    add: t('Add a group greeting'),
  },
} as const

interface Props {
  readonly kind: keyof typeof wordings
  readonly speaker: string
  /** The greetings as they were when the list was opened; from then on it has its own. */
  readonly opened: readonly string[]
  readonly onChange: (greetings: readonly string[]) => void
}

/** Greetings in their order: each can be written, moved, removed and brought back. */
export function GreetingList({ kind, speaker, opened, onChange }: Props) {
  const wording = wordings[kind]
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
    showToast(wording.removed(index + 1), { action: { label: t('Undo'), run: bringBack } })
  }

  return (
    <>
      <ol aria-label={wording.list} className="flex flex-col gap-4">
        {items.map((item, index) => (
          <li key={item.key}>
            <GreetingEditor
              title={wording.title(index + 1)}
              name={wording.name(index + 1)}
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
        <Plus aria-hidden className="size-4" /> {wording.add}
      </Button>
    </>
  )
}

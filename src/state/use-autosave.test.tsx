import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'
import { useAutosave } from './use-autosave.ts'

interface Edit {
  readonly title?: string
  readonly order?: number
}

function setup() {
  const saved: Edit[] = []
  const save = async (edit: Edit) => void saved.push(edit)
  function Form() {
    const { draft, change, flush } = useAutosave<Edit>(save)
    return (
      <>
        <button type="button" onClick={() => change({ title: `${draft.title ?? ''}x` })}>
          type
        </button>
        <button type="button" onClick={() => change({ order: 1 })}>
          count
        </button>
        <button type="button" onClick={flush}>
          leave
        </button>
        <output>{draft.title}</output>
      </>
    )
  }
  const host = document.body.appendChild(document.createElement('div'))
  const root = createRoot(host)
  root.render(<Form />)
  const press = async (name: string) => {
    const button = () => [...host.querySelectorAll('button')].find(({ textContent }) => textContent === name)
    await expect.poll(() => button()).toBeDefined()
    button()?.click()
  }
  return { saved, root, press, shown: () => host.querySelector('output')?.textContent }
}

test('what is changed in one go is saved once, a moment after the last change', async () => {
  const { saved, press, shown } = setup()
  await press('type')
  await expect.poll(shown).toBe('x')
  await press('type')
  await press('count')
  expect(saved).toEqual([])
  await expect.poll(() => saved).toEqual([{ title: 'xx', order: 1 }])
  expect(shown()).toBe('xx')
})

test('it is saved at once when the field is left, the page is hidden or the form goes, and only once', async () => {
  const { saved, press, root } = setup()
  await press('type')
  await press('leave')
  expect(saved).toEqual([{ title: 'x' }])
  await press('count')
  window.dispatchEvent(new Event('pagehide'))
  expect(saved).toHaveLength(2)
  await press('type')
  root.unmount()
  await expect.poll(() => saved.length).toBe(3)
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(saved).toHaveLength(3)
})

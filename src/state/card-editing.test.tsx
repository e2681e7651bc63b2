import { useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'
import { createMemoryStorage } from '#adapters/memory-storage.ts'
import type { CardDocument } from '#core/cards/card.ts'
import type { Character } from '#core/cards/character.ts'
import { editField } from '#core/cards/edit-card.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { createStudio } from '#engine/studio.ts'
import { type CardEditing, useCardEditing } from './card-editing.ts'
import { type Services, ServicesProvider } from './services.tsx'

async function setup() {
  const storage = createMemoryStorage()
  let count = 0
  const studio = createStudio({
    storage,
    lookAtPicture: async () => ({ hue: 50 }),
    toPng: async () => undefined,
    now: () => ++count,
    createId: () => `id-${++count}`,
  })
  const id = await studio.create()
  const row = async () => (await storage.get('characters', id)) as Character
  const opened = await row()
  const shown: { editing?: CardEditing } = {}
  function Form() {
    const [character, setCharacter] = useState(opened)
    useEffect(() => storage.onChange(() => void row().then(setCharacter)), [])
    const editing = useCardEditing(character)
    useEffect(() => {
      shown.editing = editing
    })
    return <output>{viewCard(editing.document).description}</output>
  }
  const host = document.createElement('div')
  const root = createRoot(host)
  root.render(
    <ServicesProvider value={{ studio: async () => studio } as Services}>
      <Form />
    </ServicesProvider>,
  )
  await expect.poll(() => shown.editing).toBeDefined()
  const editing = () => shown.editing as CardEditing
  const described = (text: string): CardDocument => editField(editing().document, 'description', text)
  return {
    root,
    editing,
    type: (text: string) => editing().change(described(text)),
    seen: () => host.textContent,
    stored: async () => viewCard((await row()).document).description,
    versions: async () => (await storage.get('cardHistories', id))?.versions.length ?? 0,
    writeElsewhere: async (text: string) => studio.open(await row()).save(described(text)),
  }
}

test('a pause saves, and so do the end of the page and of the form; what is typed is seen at once', async () => {
  const { type, seen, stored, editing, root, versions } = await setup()
  type('One')
  await expect.poll(seen).toBe('One')
  expect(await stored()).toBe('')
  expect(editing().state.kind).toBe('saving')
  await expect.poll(stored).toBe('One')
  await expect.poll(() => editing().state.kind).toBe('saved')
  type('Two')
  window.dispatchEvent(new Event('pagehide'))
  await expect.poll(stored, { interval: 5, timeout: 300 }).toBe('Two')
  type('Three')
  root.unmount()
  await expect.poll(stored, { interval: 5, timeout: 300 }).toBe('Three')
  expect(await versions()).toBe(1)
})

test('what another tab wrote is taken over while nothing waits here', async () => {
  const { writeElsewhere, seen, editing, type, stored } = await setup()
  await writeElsewhere('Theirs')
  await expect.poll(seen).toBe('Theirs')
  expect(editing().replaced).toBe(1)
  type('On')
  await expect.poll(stored).toBe('On')
  expect(editing().replaced).toBe(1)
})

test('two who write at once: the reader is asked, and either way the other is kept', async () => {
  const { writeElsewhere, seen, editing, type, stored, versions } = await setup()
  type('Mine')
  await writeElsewhere('Theirs')
  await expect.poll(() => editing().state.kind).toBe('changed-elsewhere')
  expect([seen(), await stored()]).toEqual(['Mine', 'Theirs'])
  // Typing on does not decide it.
  type('Mine, more')
  await editing().flush()
  expect(await stored()).toBe('Theirs')
  await editing().keepMine()
  expect(await stored()).toBe('Mine, more')
  await expect.poll(() => editing().state.kind).toBe('saved')
  expect(await versions()).toBe(2)

  type('Again mine')
  await writeElsewhere('Again theirs')
  await expect.poll(() => editing().state.kind).toBe('changed-elsewhere')
  await editing().takeTheirs()
  await expect.poll(seen).toBe('Again theirs')
  expect(await stored()).toBe('Again theirs')
  expect(editing().state.kind).toBe('saved')
})

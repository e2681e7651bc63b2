import { Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { expect, test } from 'vitest'
import { lazyPart } from './lazy-part.tsx'

test('a part that can not be had leaves the rest, and is asked for again when it is shown again', async () => {
  let isGone = true
  const Part = lazyPart<{ readonly name: string }>(async () => {
    if (isGone) throw new TypeError('Failed to fetch dynamically imported module')
    return { default: ({ name }) => <p>{name} is here</p> }
  })
  const host = document.createElement('div')
  const root = createRoot(host)
  const show = (isOpen: boolean) =>
    root.render(
      <>
        <p>The story</p>
        <Suspense>{isOpen && <Part name="The menu" />}</Suspense>
      </>,
    )
  show(true)
  await expect.poll(() => host.textContent).toBe('The storyThis part of the page could not be loaded.')
  show(false)
  await expect.poll(() => host.textContent).toBe('The story')
  isGone = false
  show(true)
  await expect.poll(() => host.textContent).toBe('The storyThe menu is here')
})

import { expect, test } from 'vitest'
import { playMany } from './play-many.ts'

// A sample of `npm run chaos:wire`, with seeds that stay: what fails here fails again.
test('whatever goes wrong on the wire, the words are those that came, and the next try works', async () => {
  const { problems, tries } = await playMany('sample', 60, 6)
  expect(problems).toEqual([])
  expect(tries).toBeGreaterThan(120)
}, 120_000)

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Layer } from '#core/her/segment.ts'
import { canary, layerChoices, layers, stories, story, turn } from './story.test-kit.ts'
import { type ExportFormat, writeChat } from './write-chat.ts'

const formats: readonly ExportFormat[] = ['markdown', 'html', 'text', 'subtext', 'sillytavern', 'book']
const choices = fc.record({
  format: fc.constantFrom(...formats),
  layers: layerChoices,
  extent: fc.constantFrom('path' as const, 'tree' as const),
  marks: fc.constantFrom('tags' as const, 'plain' as const),
})

test('neither the file nor its preview holds a layer that was not chosen', () => {
  fc.assert(
    fc.property(stories, choices, (told, choice) => {
      const { text, preview } = writeChat(told, choice)
      for (const layer of layers.filter((one) => !choice.layers.has(one))) {
        expect(text).not.toContain(canary(layer))
        expect(preview).not.toContain(canary(layer))
      }
    }),
  )
})

test('file names are such as every system takes', () => {
  const everything = { layers: new Set<Layer>(layers), extent: 'tree', marks: 'tags' } as const
  const nameOf = (title: string, format: ExportFormat = 'markdown') =>
    writeChat(story([turn('a', null)], 'a', { title }), { ...everything, format }).fileName
  expect(nameOf('The letter')).toBe('The letter 2023-11-14.md')
  expect(nameOf('The letter', 'book')).toBe('The letter 2023-11-14 (book).html')
  expect(nameOf('..\\/..\\/etc: "passwd"?\u202e')).toBe('etc passwd 2023-11-14.md')
  expect(nameOf('/')).toBe('Chat 2023-11-14.md')
  expect(nameOf('x'.repeat(500)).length).toBeLessThan(100)
})

test('a preview is short, and tells that it is', () => {
  const told = story([turn('a', null, { raw: 'word '.repeat(5000) })])
  for (const format of formats) {
    const choice = { format, layers: new Set<Layer>(layers), extent: 'path', marks: 'tags' } as const
    const { preview } = writeChat(told, choice)
    expect(preview.length).toBeLessThan(1500)
    expect(preview.endsWith('…')).toBe(true)
    expect(preview).not.toContain('<style')
  }
})

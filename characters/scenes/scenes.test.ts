import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bundledCharacters } from '#adapters/demo/bundled.ts'
import { bundledSceneSlugs } from '#adapters/demo/bundled-scenes.ts'
import { bundledScenesFromDisk } from '#adapters/demo/read-from-disk.test-kit.ts'
import { parseReply } from '#core/her/parse.ts'
import { readScenes } from '#core/scene-file/read-scenes.ts'

const slugs: readonly string[] = bundledCharacters.map(({ slug }) => slug)
const nameOf = (slug: string) => bundledCharacters.find((one) => one.slug === slug)?.name ?? ''

const scenes = (await bundledScenesFromDisk()).map(({ slug, text }) => {
  const read = readScenes(text)
  if (!read.ok) throw new Error(`${slug}: ${read.error.sentence}`)
  return { slug, ...read.value.scenes[0] }
})

test('every file is a scene that is shown, and there are six at least', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.json'))
  expect(files.map((name) => name.replace('.json', '')).sort()).toEqual([...bundledSceneSlugs].sort())
  expect(files.length).toBeGreaterThanOrEqual(6)
})

test('at least two have three voices or more and a secret that one of them alone holds', () => {
  const deep = scenes.filter(
    ({ draft }) => (draft?.characters.length ?? 0) >= 3 && draft?.characters.some(({ secret }) => secret),
  )
  expect(deep.length).toBeGreaterThanOrEqual(2)
})

test.each(scenes)('$slug reads without a warning, over characters that come with the app', ({ draft, warnings }) => {
  expect(warnings).toEqual([])
  expect(draft?.characters.map((one) => one.bundled === one.key && slugs.includes(one.key))).not.toContain(false)
  expect(draft?.about).toMatch(/\w.{40}/)
  expect(draft?.scenario).toMatch(/\w.{100}/)
})

test.each(scenes)('$slug opens with whole turns, in layers that are closed', ({ draft }) => {
  expect(draft?.opening[0]?.speaker.kind).toBe('environment')
  for (const { speaker, raw, whisperToKeys } of draft?.opening ?? []) {
    const name = speaker.kind === 'character' ? nameOf(speaker.characterKey) : 'Environment'
    const { segments, open, cut } = parseReply(raw, { speaker: name, others: bundledCharacters.map((one) => one.name) })
    expect(open ?? cut, raw).toBeUndefined()
    expect(
      segments.every(({ text }) => !/[<>[\]*]/.test(text)),
      raw,
    ).toBe(true)
    expect(raw, 'a blank between tags').not.toMatch(/> | <role/)
    // What one of them knows stands in nothing that is said, or done, or told.
    const isAloud = segments.some(({ layer }) => layer === 'speech')
    expect(isAloud, raw).toBe(true)
    if (whisperToKeys) expect(whisperToKeys.length).toBeGreaterThan(0)
  }
})

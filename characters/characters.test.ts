import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { bundledCharacters } from '#adapters/demo/bundled.ts'
import { cardsFromDisk } from '#adapters/demo/read-from-disk.test-kit.ts'
import { readExampleDialogue } from '#core/cards/example-dialogue.ts'
import { readCard } from '#core/cards/read-card.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { parseReply } from '#core/her/parse.ts'
import { repliesOf, scenes } from './scenes.test-kit.ts'

const folder = import.meta.dirname
const slugs = readdirSync(folder).filter((name) => statSync(`${folder}/${name}`).isDirectory() && name !== 'scenes')
const wordsIn = (text: string) => text.split(/\s+/).length

test('every folder is a bundled character, and every bundled character has a folder', () => {
  expect(bundledCharacters.map((character) => character.slug).sort()).toEqual(slugs.sort())
  expect(slugs.length).toBeGreaterThanOrEqual(8)
})

test('what the library is filled with is what lies in the folders', async () => {
  const cards = await cardsFromDisk()
  expect(cards.map((card) => card.slug)).toEqual(bundledCharacters.map((character) => character.slug))
  for (const { slug, card, portrait, hue, title, opening } of cards) {
    expect(card).toBe(readFileSync(`${folder}/${slug}/card.json`, 'utf8'))
    expect(portrait).toBe(readFileSync(`${folder}/${slug}/portrait.svg`, 'utf8'))
    expect(scenes[slug]).toMatchObject({ hue, title, opening })
  }
})

test('the portraits are told apart by their colour', () => {
  const hues = slugs.map((slug) => scenes[slug]?.hue ?? Number.NaN).sort((one, other) => one - other)
  const gaps = hues.map((hue, index) => ((hues[index + 1] ?? (hues[0] ?? 0) + 360) - hue + 360) % 360)
  expect(Math.min(...gaps)).toBeGreaterThanOrEqual(25)
})

describe.each(bundledCharacters)('$name', ({ slug, name }) => {
  const scene = scenes[slug]
  const read = readCard(readFileSync(`${folder}/${slug}/card.json`), 'card.json')
  const view = read.ok ? viewCard(read.value.document) : undefined

  test('has a card that reads without a warning, with everything a scene needs', () => {
    expect(read.ok && read.value.warnings).toEqual([])
    expect(read.ok && read.value.document.spec).toBe('v3')
    const { data } = (read.ok ? read.value.document.raw : {}) as { data: Record<string, unknown> }
    const required = 'name description personality scenario first_mes mes_example creator_notes system_prompt'
    for (const field of `${required} post_history_instructions character_version creator`.split(' '))
      expect(data[field], field).toBeTypeOf('string')
    expect(Array.isArray(data['group_only_greetings'])).toBe(true)
    expect(view).toMatchObject({ name, creator: 'Subtext', version: '1' })
    expect(view?.greetings.length).toBeGreaterThanOrEqual(2)
    expect(wordsIn(view?.description ?? '')).toBeGreaterThanOrEqual(150)
    expect(wordsIn(view?.description ?? '')).toBeLessThanOrEqual(300)
    expect(view?.her.book).toMatch(/\w/)
    expect(view?.her.motivation).toMatch(/\w/)
    expect(Object.keys(view?.her.relationships ?? {}).length).toBeGreaterThanOrEqual(3)
  })

  test('greets with something done and something said', () => {
    for (const greeting of view?.greetings ?? []) {
      const layers = parseReply(greeting, { dialect: 'markdown' }).segments.map((segment) => segment.layer)
      expect(new Set(layers), greeting).toEqual(new Set(['role_action', 'speech']))
    }
  })

  test('has example chats in which both speak', () => {
    const blocks = readExampleDialogue(view?.exampleDialogue ?? '', { character: [], user: [] })
    expect(blocks.length).toBeGreaterThanOrEqual(2)
    for (const block of blocks) expect(block.map((line) => line.speaker)).toEqual(['user', 'character'])
  })

  test('has a script of whole HER replies, no two the same', () => {
    expect(scene?.name).toBe(name)
    const replies = repliesOf(scene)
    expect(new Set(replies).size).toBe(replies.length)
    for (const reply of replies) {
      const { segments, open, cut } = parseReply(reply, { speaker: name })
      const layers = segments.map((segment) => segment.layer)
      expect(open ?? cut, reply).toBeUndefined()
      expect(layers[0], reply).toBe('system_thinking')
      expect(layers.lastIndexOf('system_thinking'), reply).toBe(0)
      expect(new Set(layers).size, reply).toBe(4)
      const thoughts = layers.filter((layer) => layer === 'role_thinking').length
      expect(thoughts, reply).toBeLessThanOrEqual(3)
      expect(
        segments.every((segment) => !/[<>[\]*]|\buser\b/i.test(segment.text)),
        reply,
      ).toBe(true)
      // A name that is not taken off would be read aloud.
      expect(
        segments.some((segment) => segment.text.startsWith(`${name}:`)),
        reply,
      ).toBe(false)
      expect(reply, 'a blank between tags').not.toMatch(/[^:] <|>\s/)
    }
  })

  test('has enough of it, and a first reply that is planned at length', () => {
    for (const [intent, bank] of Object.entries(scene?.replies ?? {}))
      expect(bank.length, intent).toBeGreaterThanOrEqual(3)
    expect(scene?.beats.length).toBeGreaterThanOrEqual(5)
    const planning = parseReply(scene?.first ?? '').segments[0]?.text ?? ''
    expect(wordsIn(planning)).toBeGreaterThanOrEqual(60)
    expect(wordsIn(planning)).toBeLessThanOrEqual(120)
  })

  test('says that it is a script, and where a model is connected, in its plan and aloud', () => {
    for (const reply of scene?.honesty ?? []) {
      const { segments } = parseReply(reply, { speaker: name })
      const plan = segments[0]?.text ?? ''
      const aloud = segments.filter((segment) => segment.layer === 'speech').map((segment) => segment.text)
      expect(plan).toMatch(/script/)
      expect(aloud.join(' ')).toMatch(/Connections/)
      expect(aloud.join(' ')).toMatch(/model/)
      expect(aloud.join(' ')).toMatch(/writ|script|prepared|set down|page|packed|papered/)
    }
    expect(scene?.honesty.length).toBeGreaterThanOrEqual(2)
  })

  test('has a portrait that asks for nothing from anywhere and runs nothing', () => {
    const portrait = readFileSync(`${folder}/${slug}/portrait.svg`, 'utf8')
    expect(portrait.length).toBeLessThan(12_000)
    expect(portrait).toContain('viewBox="0 0 480 640"')
    expect(portrait).not.toMatch(/<(script|style|image|foreignObject|text|filter|animate)|\son\w+=|url\(|href="(?!#)/)
    const ids = [...portrait.matchAll(/ id="([^"]+)"/g)].map((match) => match[1])
    expect(ids.every((id) => id?.startsWith(slug))).toBe(true)
    for (const [, target] of portrait.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
  })
})

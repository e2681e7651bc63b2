import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Json } from '#core/cards/card.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { readTurn } from '#core/conversation/read-turn.ts'
import { parseReply } from '#core/her/parse.ts'
import { castScene } from '#core/prompt/cast-scene.test-kit.ts'
import { environmentName, nameOf } from '#core/scene/cast.ts'
import { hear } from '#core/scene/hearing.ts'
import { looksLikeScenes } from '#core/scene-file/looks-like-scenes.ts'
import { readScenes } from '#core/scene-file/read-scenes.ts'
import type { ReadScene } from '#core/scene-file/read-scenes-result.ts'
import type { Story } from '#core/story/story.ts'
import { readRow } from './read-row.ts'
import { fullInfoRow, multiTurnRow, singleTurnRow } from './training.test-kit.ts'
import { type MultiTurnRow, toShareGpt } from './training-row.ts'
import { trainingRows } from './training-rows.ts'

function sceneOf(row: unknown): ReadScene {
  const [read] = readRow(row as Json)
  if (read === undefined || typeof read === 'string') throw new Error(read ?? 'nothing read')
  return read
}

/** `Name: layer text | …` of each line. */
function linesOf({ draft }: ReadScene): string[] {
  return (draft.reference ?? []).map(({ speaker, raw, dialect }) => {
    const name = speaker.kind === 'character' ? nameIn(draft, speaker.characterKey) : environmentName
    const { segments } = parseReply(raw, { dialect, speaker: name })
    return `${name}: ${segments.map(({ layer, text }) => `${layer} ${text}`).join(' | ')}`
  })
}

function nameIn({ characters }: ReadScene['draft'], key: string): string {
  const found = characters.find((one) => one.key === key)
  return found && found.bundled === undefined ? viewCard(found.card).name : ''
}

describe('rows of HER’s data', () => {
  test('full_info: enriched texts, every layer, planning where its sample has it', () => {
    const scene = sceneOf(fullInfoRow)
    expect(linesOf(scene)).toEqual([
      // Its planning is Anna's, and at the wrong place; Boris has no sample, so it can't be known to be wrong.
      'Boris: system_thinking I need to portray Anna as… | role_action leans in | role_thinking She has it | speech Well?',
      'Anna: system_thinking I need to portray Anna as calm. | role_action closes the ledger | role_thinking He lies, and badly | speech Fine.',
      'Environment: speech A gull cries.',
      'Anna: system_thinking Anna ends it here. | role_thinking Enough. | speech Go.',
    ])
    const { title, about, book, scenario, characters } = scene.draft
    expect({ title, about, book, scenario }).toEqual({
      title: 'The ledger',
      about: 'Anna finds the ledger.',
      book: 'The Grey Pier',
      scenario: 'The pier office, in the rain.',
    })
    const [boris, anna] = characters
    expect([boris?.appearance, anna?.appearance]).toEqual(['Her brother.', 'A clerk.'])
    const card = anna?.bundled === undefined && anna && viewCard(anna.card)
    expect(card).toMatchObject({
      name: 'Anna',
      description: 'Clerk\n\nA clerk of the harbour who never hurries.\n\nNine years at the pier.',
      her: { book: 'The Grey Pier', motivation: 'To keep the ledger from her brother' },
    })
  })

  test('samples: who speaks is told by names, words before a colon are words', () => {
    const expected = [
      'Boris: role_action leans in | speech Well?\n\nRemember: it rains.',
      'Environment: speech A gull cries.',
      'Anna: role_thinking He lies | speech No.',
      'Boris: speech Now.',
      'Anna: system_thinking I need to portray Anna as calm. | role_thinking He lies, and badly | role_action nods | speech Fine.',
    ]
    for (const row of [multiTurnRow, singleTurnRow, toShareGpt(multiTurnRow)]) {
      const scene = sceneOf(row)
      expect(linesOf(scene)).toEqual(expected)
      expect(scene.draft).toMatchObject({ book: 'The Grey Pier', scenario: 'The pier office, in the rain.' })
      const cards = scene.draft.characters.map((one) => one.bundled === undefined && viewCard(one.card))
      expect(cards).toMatchObject([
        {
          name: 'Anna',
          description: 'description: Clerk\n\nA clerk of the harbour.\n\nNine years at the pier.',
          her: { motivation: 'To keep the ledger' },
        },
        { name: 'Boris', description: 'Her brother.\n\nAppearance: a red coat.' },
      ])
    }
  })

  test('CoSER’s books: each conversation of each plot', () => {
    const talk = { ...fullInfoRow.conversation[0], dialogues: [{ character: 'Anna', message: '[Well.] Good.' }] }
    const book = {
      book: 'The Grey Pier',
      plots: [{ summary: 'One', key_characters: [], conversation: [talk, talk] }, { conversation: [talk] }],
      character_datasets: { Anna: { profile: 'A clerk.' } },
    }
    const read = readRow(book as unknown as Json)
    expect(read.map((one) => (typeof one === 'string' ? one : linesOf(one)))).toEqual(
      [1, 2, 3].map(() => ['Anna: role_thinking Well. | speech Good.']),
    )
  })

  test('are known by how they begin, and read from a file of one or many', () => {
    for (const row of [fullInfoRow, multiTurnRow, singleTurnRow, toShareGpt(multiTurnRow)]) {
      for (const text of [JSON.stringify(row), JSON.stringify([row, row], null, 2)]) {
        expect(looksLikeScenes(text)).toBe(true)
        expect(readScenes(text)).toMatchObject({ ok: true })
      }
    }
    expect(looksLikeScenes('{"messages":[{"handle":"a","msg":"b"}]}')).toBe(false)
  })

  test('never throw, whatever they hold', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(...Object.keys(fullInfoRow), 'messages'), (value, key) => {
        readRow(value as Json)
        readRow({ ...fullInfoRow, [key]: value } as unknown as Json)
        readRow({
          ...fullInfoRow,
          conversation: [{ ...fullInfoRow.conversation[0], [key]: value, dialogues: [value] }],
        } as unknown as Json)
        readRow({ messages: [value, { role: 'assistant', content: JSON.stringify(value) }] } as unknown as Json)
      }),
    )
  })
})

test('what was said, done, thought and planned comes back as it went out', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(castScene, (scene) => {
      const { turns, path } = scene
      // A name that nothing is known of, and that stands once in the middle, can't be told from a word.
      const described = scene.cast.characters.map((one) => ({ ...one, card: { ...one.card, description: 'Is here.' } }))
      const cast = { ...scene.cast, characters: described, user: { ...scene.cast.user, description: 'Is here.' } }
      // Namesakes are told apart by ids, which no row has.
      const names = cast.characters.map(({ card }) => card.name)
      fc.pre(
        new Set([...names, ...(cast.userPlays ? [] : [cast.user.name])]).size ===
          names.length + (cast.userPlays ? 0 : 1),
      )
      const story: Story = {
        conversation: {
          id: 'c1' as never,
          characterId: cast.characters[0]?.id as never,
          cast: cast.characters.map(({ id }) => id),
          ...(cast.userPlays && { userPlays: cast.userPlays }),
          title: 'A title',
          headId: path.at(-1)?.id ?? null,
          createdAt: 0,
          updatedAt: 0,
        },
        turns,
        cast,
      }
      const items = (shape: 'clean' | 'sft_multi_turn') =>
        [...trainingRows(story, { shape, branches: 'path', replace: (text) => text })].flatMap((item) =>
          item.kind === 'row' ? [item.row] : [],
        )
      for (const row of items('clean')) {
        const told = path.flatMap((turn) => {
          const { segments } = readTurn(turn, cast)
          const kept =
            turn.speaker.kind === 'user' ? segments.filter(({ layer }) => layer !== 'role_thinking') : segments
          return kept.length > 0 ? [{ name: nameOf(turn.speaker, cast), segments: kept }] : []
        })
        // Of turns that became one all planning comes first, also of those with something unheard between them.
        for (const isPlanning of [true, false]) {
          const some = (lines: readonly string[]) => {
            const words = wordsByName(lines, (layer) => (layer === 'system_thinking') === isPlanning)
            return isPlanning ? words.sort() : words
          }
          expect(some(linesOf(sceneOf(row)))).toEqual(some(toLines(told)))
        }
      }
      for (const row of items('sft_multi_turn')) {
        const { messages } = row as MultiTurnRow
        const name = /^You are (.*?)\./.exec(messages[0]?.content ?? '')?.[1]
        const reader = cast.characters.find(({ card }) => card.name === name)?.id
        if (!reader) throw new Error('Whose is it?')
        const heard = hear(path, reader, cast).filter(({ segments }) => segments.length > 0)
        const through = heard.slice(0, heard.findLastIndex(({ isOwn }) => isOwn) + 1)
        const known = (lines: readonly string[]) => wordsByName(lines, (layer) => layer !== 'system_thinking')
        expect(known(linesOf(sceneOf(row)))).toEqual(known(toLines(through)))
      }
    }),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 1000) },
  )
})

function toLines(told: readonly { name: string; segments: readonly { layer: string; text: string }[] }[]): string[] {
  return told.map(
    ({ name, segments }) => `${name}: ${segments.map(({ layer, text }) => `${layer} ${text}`).join(' | ')}`,
  )
}

/** Who said what in which layer, in order; where one turn ends and another of the same speaker begins does not matter. */
function wordsByName(lines: readonly string[], keep: (layer: string) => boolean = () => true): string[] {
  return lines.flatMap((line) => {
    const [, name = '', rest = ''] = /^(.*?): ([\s\S]*)$/.exec(line) ?? []
    return rest
      .split(' | ')
      .filter((part) => keep(part.slice(0, part.indexOf(' '))))
      .flatMap((part) =>
        [...part.matchAll(/canary\d+x|whispers/g)].map(([word]) => `${name} ${part.split(' ')[0]} ${word}`),
      )
  })
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readTurn } from '#core/conversation/read-turn.ts'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Segment } from '#core/her/segment.ts'
import type { CharacterId, ConversationId, PersonaId } from '#core/ids.ts'
import { readChat } from './read-chat.ts'
import type { ReadChat } from './read-chat-result.ts'
import { anna, boris, cast, conversationId, layerChoices, stories, story, turn } from './story.test-kit.ts'
import { chosenSegments, everyLayer, type Story } from './story.ts'
import { adoptStory, arrangeTurns, type DraftTurn, type StoryDraft } from './story-draft.ts'
import { toDraft, writeStoryFile } from './story-file.ts'
import type { Remembered } from './story-memory.ts'
import { writeTavern } from './write-tavern.ts'

function read(text: string): ReadChat {
  const result = readChat(text)
  if (!result.ok) throw new Error(result.error.sentence)
  return result.value
}

/** The rows of a draft, with ids that are its keys. */
function adopt(draft: StoryDraft, characterIds: readonly (readonly [string, CharacterId])[]): Story {
  const keys = draft.turns.map(({ key }) => key)
  const { conversation, turns } = adoptStory(draft, {
    conversationId: 'conversation' as ConversationId,
    characterIds: new Map(characterIds),
    characterId: anna,
    personaIds: new Map([['persona', 'persona' as PersonaId]]),
    createId: () => keys.shift() ?? 'none',
    now: 5,
  })
  return { conversation, turns, cast }
}

const both = [
  [anna, anna],
  [boris, boris],
] as const

function isReachable(one: Turn, turns: readonly Turn[]): boolean {
  const parent = turns.find(({ id }) => id === one.parentId)
  return one.deletedAt === undefined && (parent === undefined || isReachable(parent, turns))
}

/** Runs of one layer as one text: where a thought between two was left out they are joined. */
function told(segments: readonly Segment[]): string {
  return segments
    .map(({ layer, text }, index) => (segments[index - 1]?.layer === layer ? ` ${text}` : `|${layer}:${text}`))
    .join('')
    .replace(/\s+/g, ' ')
}

describe('our file', () => {
  test('comes back as it went, with every take', () => {
    fc.assert(
      fc.property(stories, (one) => {
        const { format, draft, warnings } = read(writeStoryFile(one, { layers: everyLayer, extent: 'tree' }))
        expect({ format, warnings }).toEqual({ format: 'subtext', warnings: [] })
        expect(draft).toEqual(toDraft(one, { layers: everyLayer, extent: 'tree' }))
        const back = adopt(draft, both)
        const living = one.turns.filter((turn) => isReachable(turn, one.turns))
        const ids = new Set(living.map(({ id }) => id))
        expect(back.turns).toEqual(
          living.map(({ editedFrom, ...turn }) => ({
            ...turn,
            ...(editedFrom && ids.has(editedFrom) && { editedFrom }),
          })),
        )
        const shown = ({ turns, conversation }: Story) => pathTo(createTree(turns), conversation.headId)
        const path = shown(one).map(({ id }) => id)
        if (path.length > 0) {
          expect(shown(back).map(({ id }) => id)).toEqual(path)
          expect(back.conversation).toEqual({ ...one.conversation, headId: path.at(-1) })
        }
      }),
    )
  })

  test('has the memory of its turns with it, where everything goes out, and stands for the same turns again', () => {
    const turns = [turn('t1', null), turn('t2', 't1'), turn('t3', 't2'), turn('other', 't1')]
    const version = (id: string, throughId: string, more: Partial<Remembered> = {}): Remembered => ({
      id,
      characterId: anna,
      throughId: throughId as Turn['id'],
      turns: 1,
      text: `SECRET ${id}`,
      writtenBy: 'model',
      createdAt: 1_700_000_000_000,
      ...more,
    })
    const versions = [
      version('v1', 't1'),
      version('v2', 't2', { previousId: 'v1', chosen: true }),
      version('gone', 't2', { deletedAt: 1 }),
      version('theirs', 'other', { characterId: boris, writtenBy: 'reader' }),
    ]
    const one: Story = { ...story(turns, 't3'), memory: { conversationId, versions } }
    const { draft } = read(writeStoryFile(one, { layers: everyLayer, extent: 'tree' }))
    const ids = [...turns.map(({ id }) => id), 'v1', 'v2', 'theirs']
    const back = adoptStory(draft, {
      conversationId,
      characterIds: new Map(both),
      characterId: anna,
      createId: () => ids.shift() ?? 'none',
      now: 5,
    })
    expect(back.memory).toEqual({ conversationId, versions: versions.filter(({ id }) => id !== 'gone') })
    const path = writeStoryFile(one, { layers: everyLayer, extent: 'path' })
    expect(path).not.toContain('theirs')
    expect(writeStoryFile(one, { layers: new Set(['speech', 'role_action']), extent: 'tree' })).not.toContain('SECRET')
  })

  test('has what its characters keep to themselves only where everything goes out, and where it plays always', () => {
    const plain = story([turn('t1', null)])
    const own = {
      scenario: 'A pier at night.',
      secrets: { [anna]: 'SECRET: she has it.' },
      appearances: { [boris]: 'a coat' },
    }
    const one: Story = { ...plain, conversation: { ...plain.conversation, cast: [anna, boris], ...own } }
    const back = adopt(read(writeStoryFile(one, { layers: everyLayer, extent: 'tree' })).draft, both)
    expect(back.conversation).toMatchObject(own)
    const merged = adopt(read(writeStoryFile(one, { layers: everyLayer, extent: 'tree' })).draft, [[anna, anna]])
    expect(merged.conversation).toMatchObject({ secrets: own.secrets, appearances: { [anna]: 'a coat' } })
    const said = writeStoryFile(one, { layers: new Set(['speech', 'role_action']), extent: 'tree' })
    expect(said).not.toContain('SECRET')
    expect(read(said).draft).toMatchObject({ scenario: own.scenario })
  })

  test('with some of the layers has these as they were', () => {
    fc.assert(
      fc.property(stories, layerChoices, (one, layers) => {
        fc.pre(layers.size < 4)
        const back = adopt(read(writeStoryFile(one, { layers, extent: 'tree' })).draft, both)
        for (const turn of back.turns) {
          const before = one.turns.find(({ id }) => id === turn.id) as Turn
          expect(told(readTurn(turn, cast).segments)).toBe(told(chosenSegments(before, cast, layers)))
        }
      }),
    )
  })

  test('may be of the path alone', () => {
    const one = story([turn('a', null), turn('b', 'a'), turn('c', 'a')], 'b')
    const { draft } = read(writeStoryFile(one, { layers: everyLayer, extent: 'path' }))
    expect(draft.turns.map(({ key }) => key)).toEqual(['a', 'b'])
  })

  test('keeps what is of this browser only at home', () => {
    const failed = turn('a', null, {
      ending: 'failed',
      failure: { kind: 'unreachable', baseUrl: 'http://desk.lan' },
      making: { connectionId: 'my-connection' as never, model: 'm' },
    })
    const written = writeStoryFile(story([failed]), { layers: everyLayer, extent: 'tree' })
    expect(written).not.toMatch(/desk\.lan|my-connection/)
    expect(read(written).draft.turns[0]).toMatchObject({ ending: 'failed', making: { model: 'm' } })
  })

  test('tells nothing of planning that was left out of a reply, and keeps how its words are read', () => {
    const kept = { layers: ['role_thinking'], way: 'instruction', leftOut: 'a secret plan' } as const
    const one = story([turn('a', null, { making: { kept, keepsOthers: true, planningLimit: 100 } })])
    for (const layers of [everyLayer, new Set(['speech'] as const)]) {
      const text = writeStoryFile(one, { layers, extent: 'tree' })
      expect(text).not.toContain('secret plan')
      expect(read(text).draft.turns[0]?.making).toEqual({ keepsOthers: true, planningLimit: 100 })
    }
  })

  test('of a newer version, or damaged, is refused with a sentence', () => {
    const written = writeStoryFile(story([turn('a', null)]), { layers: everyLayer, extent: 'tree' })
    const refusal = (text: string) => {
      const result = readChat(text)
      return result.ok ? result.value : result.error
    }
    expect(refusal(written.replace('"version": 1', '"version": 2'))).toMatchObject({ kind: 'newer' })
    expect(refusal(written.replace('"raw"', '"row"'))).toMatchObject({
      kind: 'not-a-chat',
      sentence: expect.stringContaining('turns.0.raw'),
    })
  })
})

describe('turns of a file', () => {
  const draftTurn = (key: string, parentKey: string | null): DraftTurn => ({
    key,
    parentKey,
    speaker: { kind: 'user' },
    dialect: 'her',
    raw: '',
    ending: 'complete',
    createdAt: 0,
  })
  const keys = (turns: readonly DraftTurn[]) => turns.map(({ key, parentKey }) => `${parentKey ?? ''}>${key}`)

  test('are put in order, and what makes no tree is told of', () => {
    const { turns, warnings } = arrangeTurns([
      draftTurn('b', 'a'),
      draftTurn('a', null),
      draftTurn('a', 'b'),
      draftTurn('c', 'gone'),
      draftTurn('x', 'y'),
      draftTurn('y', 'x'),
      draftTurn('z', 'x'),
    ])
    expect(keys(turns)).toEqual(['>a', 'a>b', '>c'])
    expect(warnings).toEqual([
      '1 turn had the key of another and was left out.',
      '1 turn went on from one that is not in the file; the story begins there.',
      '3 turns went on from each other in a ring and were left out.',
    ])
  })

  test('are a tree, whatever they were', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor')
    const rows = fc.array(
      fc.tuple(name, fc.option(name)).map(([key, parent]) => draftTurn(key, parent)),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(rows, (made) => {
        const { turns, warnings } = arrangeTurns(made)
        const seen = new Set<string | null>([null])
        for (const { key, parentKey } of turns) {
          expect(seen.has(parentKey) && !seen.has(key)).toBe(true)
          seen.add(key)
        }
        if (turns.length < made.length) expect(warnings.length).toBeGreaterThan(0)
        expect(arrangeTurns(turns)).toEqual({ turns, warnings: [] })
      }),
    )
  })

  test('that were being written are interrupted', () => {
    const back = adopt(
      { title: '', userName: '', characters: [], turns: [{ ...draftTurn('a', null), ending: 'draft' }], headKey: 'a' },
      [],
    )
    expect(back.turns[0]?.ending).toBe('interrupted')
  })
})

describe('a SillyTavern chat of ours', () => {
  test('comes back with its takes, layers and the take that was shown', () => {
    fc.assert(
      fc.property(stories, (one) => {
        const tree = createTree(one.turns)
        const path = pathTo(tree, one.conversation.headId)
        fc.pre(path.length > 0)
        const { draft } = read(writeTavern(one, { layers: everyLayer, takes: 'all', marks: 'tags' }))
        const back = adopt(
          draft,
          draft.characters.map(({ key, name }) => [key, name === 'Boris' ? boris : anna] as const),
        )
        const shown = pathTo(createTree(back.turns), back.conversation.headId)
        const texts = (turns: readonly Turn[]) =>
          turns.map((turn) => `${turn.speaker.kind} ${told(planFirst(readTurn(turn, cast).segments))}`)
        expect(texts(shown)).toEqual(texts(path))
        for (const [index, turn] of path.entries()) {
          const siblings = (tree.childrenByParent.get(turn.parentId) ?? []).filter(
            ({ speaker }) =>
              JSON.stringify({ ...speaker, personaId: '' }) === JSON.stringify({ ...turn.speaker, personaId: '' }),
          )
          const takes = back.turns.filter(({ parentId }) => parentId === (shown[index - 1]?.id ?? null))
          expect(texts(takes)).toEqual(texts(siblings))
        }
      }),
    )
  })

  /** SillyTavern has one reasoning, before everything else. */
  function planFirst(segments: readonly Segment[]): Segment[] {
    const plans = segments.filter(({ layer }) => layer === 'system_thinking')
    const rest = segments.filter(({ layer }) => layer !== 'system_thinking')
    return [...plans, ...rest]
  }
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import { hear } from '#core/scene/hearing.ts'
import { type KnownMemory, recallMemory } from '#core/scene/remembering.ts'
import { buildPrompt, type Prompt } from './build-prompt.ts'
import { readSummary } from './read-summary.ts'
import { cast, ids, isOwn, mayKnow, scene } from './scene.test-kit.ts'
import { buildSummaryPrompt, type SummaryInput } from './summary-prompt.ts'

const conversationId = 'conversation' as ConversationId

function remember(
  text: string,
  path: readonly Turn[],
  turns: number,
  characterId: CharacterId,
): KnownMemory | undefined {
  const throughId = path[turns - 1]?.id
  if (!throughId) return undefined
  const version = { id: 'v', characterId, throughId, turns, text, writtenBy: 'model', createdAt: 0 } as const
  return recallMemory({ conversationId, versions: [version] }, path, characterId)
}

const textOf = ({ messages }: Pick<Prompt, 'messages'>) => messages.map(({ content }) => content).join('\n')

function ask(input: Pick<SummaryInput, 'character' | 'heard' | 'through'> & Partial<SummaryInput>) {
  return buildSummaryPrompt({ cast, summaryTokens: 300, room: 100_000, ...input })
}

const numRuns = Number(process.env['PROPERTY_RUNS'] ?? 200)

test('a summary is asked of what its character knows, and a prompt that holds one has it in place of the turns', () => {
  fc.assert(
    fc.property(scene, fc.nat(), fc.constantFrom(...ids), ({ turns, canaries }, at, character) => {
      const through = 1 + (at % turns.length)
      const heard = hear(turns, character, cast)
      const request = ask({ character, heard, through })
      expect(request.turns).toBe(through)
      const asked = canaries.filter(({ word }) => textOf(request).includes(word))
      // A turn of which nothing can be seen is not told; its own thoughts it remembers all the same.
      const isAsked = (canary: (typeof canaries)[number]) => mayKnow(character, canary) && canary.turn < through
      expect(asked).toEqual(canaries.filter(isAsked))

      // At worst the model repeats, word by word, all that it was told.
      const memory = remember(readSummary(textOf(request)), turns, through, character)
      const prompt = buildPrompt({ character, cast, heard, ...(memory && { memory }) })
      const text = textOf(prompt)
      for (const canary of canaries) {
        expect(text.split(canary.word).length - 1).toBe(mayKnow(character, canary) ? 1 : 0)
        if (canary.kind === 'thought' && !isOwn(character, canary)) expect(text).not.toContain(canary.word)
      }
      expect(prompt.remembered?.turns ?? 0).toBe(memory ? through : 0)
      expect(prompt.dropped.turns).toBe(0)
    }),
    { numRuns },
  )
}, 120_000)

test('it goes on from the memory so far, in pieces that fit, and leaves no turn out', () => {
  fc.assert(
    fc.property(
      scene,
      fc.integer({ min: 420, max: 900 }),
      fc.constantFrom(...ids),
      ({ turns, canaries }, room, character) => {
        const heard = hear(turns, character, cast)
        const seen = new Set<string>()
        let before: KnownMemory | undefined
        for (let calls = 0; (before?.turns ?? 0) < turns.length - 1; calls += 1) {
          expect(calls).toBeLessThan(turns.length)
          const from = before?.turns ?? 0
          const request = ask({ character, heard, through: turns.length - 1, room, ...(before && { before }) })
          expect(request.turns).toBeGreaterThan(from)
          const text = textOf(request)
          for (const { word, turn } of canaries) {
            if (!text.includes(word)) continue
            expect(turn).toBeGreaterThanOrEqual(from)
            expect(seen.has(word)).toBe(false)
            seen.add(word)
          }
          if (before) expect(text).toContain(`The memory after ${from}.`)
          before = remember(`The memory after ${request.turns}.`, turns, request.turns, character)
        }
      },
    ),
    { numRuns },
  )
}, 120_000)

test('planning is in no summary, however the model spells it', () => {
  const spelling = fc.constantFrom('system_thinking', 'think', 'System Thinking', 'thinking')
  fc.assert(
    fc.property(spelling, fc.boolean(), (tag, isOpened) => {
      const raw = `${isOpened ? `<${tag}>` : ''}I plan the PLAN.</${tag}>\nShe <role_action>met</role_action> him. Anna should never have gone; she will return.`
      expect(readSummary(raw)).toBe('She met him. Anna should never have gone; she will return.')
    }),
  )
  expect(readSummary('<think>Only a plan')).toBe('')
  expect(readSummary('They met. He said “Go!” And then she', true)).toBe('They met. He said “Go!”')
})

const [anna = '' as CharacterId, other = '' as CharacterId] = ids

test('another’s memory is told to nobody', () => {
  const turns = story(6)
  const memory = remember('Hers.', turns, 3, anna)
  if (!memory) throw new Error('Nothing is remembered')
  const heard = hear(turns, other, cast)
  expect(() => buildPrompt({ character: other, cast, heard, memory })).toThrow('another')
  expect(() => ask({ character: other, heard, through: 5, before: memory })).toThrow('another')
})

test('a memory stands before the history, under the heading for what is known, and is weighed', () => {
  const turns = story(6)
  const memory = remember('He came at dusk. <|im_end|>', turns, 4, anna)
  const prompt = buildPrompt({ character: anna, cast, heard: hear(turns, anna, cast), ...(memory && { memory }) })
  expect(prompt.messages[1]?.content).toBe(
    '===Conversation Start===\n\n===Background===\nWhat came before, as Anna remembers it:\nHe came at dusk. ‹|im_end|>\n\nClara: Line 4.',
  )
  expect(prompt.messages[1]?.pieces.map(({ source }) => source)).toContain('memory')
  const bare = buildPrompt({ character: anna, cast, heard: hear(turns, anna, cast) })
  expect(prompt.messages[0]).toEqual(bare.messages[0])
  expect(prompt.remembered).toMatchObject({ turns: 4 })
})

test('where the newest turn has no room beside it, the memory is left out, and that is told', () => {
  const turns = story(6)
  const memory = remember('word '.repeat(400), turns, 4, anna)
  const heard = hear(turns, anna, cast)
  const budget = { contextTokens: 700, replyTokens: 100 }
  const prompt = buildPrompt({ character: anna, cast, heard, budget, ...(memory && { memory }) })
  expect(prompt).toMatchObject({ droppedMemory: true, overBudget: 0 })
  expect(prompt.remembered).toBeUndefined()
})

/** The user and Anna in turn. */
function story(count: number): Turn[] {
  return Array.from({ length: count }, (_, index) => ({
    id: `t${index}` as Turn['id'],
    conversationId,
    parentId: null,
    speaker: index % 2 ? { kind: 'character', characterId: anna } : { kind: 'user' },
    dialect: index % 2 ? 'her' : 'player',
    raw: `Line ${index}.`,
    ending: 'complete',
    createdAt: 0,
  }))
}

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { emptyCard } from '#core/cards/card.ts'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import { castScene, foundIn } from '#core/prompt/cast-scene.test-kit.ts'
import { looksLikeScenes } from '#core/scene-file/looks-like-scenes.ts'
import type { Story } from '#core/story/story.ts'
import type { CleanRow } from './clean-row.ts'
import { createReplaceNames } from './replace-names.ts'
import type { SingleTurnRow, TrainingMessage } from './training-row.ts'
import { type SampleChoice, type TrainingItem, trainingRows } from './training-rows.ts'

const anna = 'anna' as CharacterId
const boris = 'boris' as CharacterId
const asIs = (text: string) => text

function conversation(fields: Partial<Conversation>): Conversation {
  return {
    id: 'c1' as ConversationId,
    characterId: anna,
    title: 'The pier',
    headId: null,
    createdAt: 0,
    updatedAt: 0,
    ...fields,
  }
}

function turn(
  id: string,
  parentId: string | null,
  speaker: Turn['speaker'],
  raw: string,
  more: Partial<Turn> = {},
): Turn {
  return {
    id: id as TurnId,
    conversationId: 'c1' as ConversationId,
    parentId: parentId as TurnId | null,
    speaker,
    dialect: speaker.kind === 'user' ? 'player' : 'her',
    raw,
    ending: 'complete',
    createdAt: 0,
    ...more,
  }
}

const by = (characterId: CharacterId) => ({ kind: 'character', characterId }) as const
const reader = { kind: 'user' } as const

const pier: Story = {
  conversation: conversation({ cast: [anna, boris], headId: 't6' as TurnId }),
  cast: {
    characters: [
      {
        id: anna,
        card: {
          ...emptyCard,
          name: 'Anna',
          description: 'A clerk.',
          scenario: 'A pier.',
          postHistoryInstructions: 'Never write tags.',
          her: { book: 'The Grey Pier', motivation: 'To keep the ledger.' },
        },
      },
      { id: boris, card: { ...emptyCard, name: 'Boris', description: 'A clerk’s brother.' } },
    ],
    user: { name: 'Clara', description: 'An inspector.' },
  },
  turns: [
    turn('t1', null, by(anna), '*looks up* "You again, {{user}}."', { template: true, dialect: 'markdown' }),
    turn('t2', 't1', reader, '(points) Show me the ledger. [I bluff, of course.]'),
    turn(
      't3',
      't2',
      by(boris),
      '<system_thinking>Boris should stall.</system_thinking>Boris: <role_thinking>She knows it all.</role_thinking>Which one?',
    ),
    turn(
      't4',
      't3',
      by(anna),
      '<system_thinking>I need to portray Anna as calm.</system_thinking>Anna: <role_thinking>He lies, and badly</role_thinking><role_action>closes the ledger</role_action>Fine.',
    ),
    turn('t5', 't4', { kind: 'environment' }, 'A gull cries.'),
    turn('t6', 't5', by(anna), '<system_thinking>Anna should end it.</system_thinking>Anna: Go home, Clara.'),
    turn('t7', 't5', by(anna), '<system_thinking>Anna could beg.</system_thinking>Anna: Please, Clara', {
      ending: 'stopped',
    }),
    turn('t8', 't4', reader, 'Then open it.'),
  ],
}

const choice = (fields: Partial<SampleChoice>): SampleChoice => ({
  shape: 'sft_single_turn',
  branches: 'path',
  replace: asIs,
  ...fields,
})
const rowsOf = (items: Iterable<TrainingItem>) => [...items].flatMap((item) => (item.kind === 'row' ? [item.row] : []))
const dropsOf = (items: Iterable<TrainingItem>) =>
  [...items].flatMap((item) =>
    item.kind === 'dropped' ? [`${item.place.name} ${item.place.turn}: ${item.reason}`] : [],
  )

describe('rows of a chat', () => {
  test('single turns: planning on the last, others’ thoughts gone, named, no blanks', () => {
    const rows = rowsOf(trainingRows(pier, choice({}))) as SingleTurnRow[]
    expect(rows.map(({ trace_id, turn_index, history_turns }) => [trace_id, turn_index, history_turns])).toEqual([
      ['The pier_c1_0_Anna_turn_1', 1, 1],
      ['The pier_c1_0_Anna_turn_2', 2, 2],
      ['The pier_c1_0_Boris_turn_0', 0, 0],
    ])
    const last = rows[1]
    expect(last?.original_trace_id).toBe('The pier_c1_0_Anna')
    expect(last?.messages[0]?.content).toMatch(/^You are Anna from The Grey Pier\.\n\n===Anna's Profile===\nA clerk\./)
    expect(last?.messages[0]?.content).not.toContain('Never write tags')
    expect(last?.messages.slice(1)).toEqual([
      { role: 'user', content: '===Conversation Start===' },
      { role: 'assistant', content: 'Anna: <role_action>looks up</role_action>You again, Clara.' },
      {
        role: 'user',
        content: 'Clara: <role_action>points</role_action>Show me the ledger.\n\nBoris: Which one?',
      },
      {
        role: 'assistant',
        content:
          'Anna: <role_thinking>He lies, and badly</role_thinking><role_action>closes the ledger</role_action>Fine.',
      },
      { role: 'user', content: 'Environment: A gull cries.' },
      {
        role: 'assistant',
        content: '<system_thinking>Anna should end it.</system_thinking>Anna: Go home, Clara.',
      },
    ])
  })

  test('says what it left out, and why', () => {
    expect(dropsOf(trainingRows(pier, choice({})))).toEqual(['Anna 1: card-text'])
    expect(dropsOf(trainingRows(pier, choice({ branches: 'all' })))).toEqual([
      'Anna 1: card-text',
      'Anna 6: unfinished',
    ])
    const unplanned = {
      ...pier,
      turns: pier.turns.map((one) => ({ ...one, raw: one.raw.replace(/<system.*?system_thinking>/, '') })),
    }
    expect(dropsOf(trainingRows(unplanned, choice({ shape: 'sft_multi_turn', needsPlanning: true })))).toEqual([
      'Anna 6: no-planning',
      'Boris 3: no-planning',
    ])
  })

  test('each turn of each branch goes out once', () => {
    const single = rowsOf(trainingRows(pier, choice({ branches: 'all' }))) as SingleTurnRow[]
    expect(single.map(({ trace_id }) => trace_id)).toEqual([
      'The pier_c1_0_Anna_turn_1',
      'The pier_c1_0_Anna_turn_2',
      'The pier_c1_0_Boris_turn_0',
    ])
    const multi = rowsOf(trainingRows(pier, choice({ branches: 'all', shape: 'sft_multi_turn' })))
    expect(multi).toHaveLength(3)
  })

  test('only so much of what was before, when asked', () => {
    const rows = rowsOf(trainingRows(pier, choice({ mostHistory: 0 }))) as SingleTurnRow[]
    expect(rows.map(({ history_turns, messages }) => [history_turns, messages.length])).toEqual([
      [0, 3],
      [0, 3],
      [0, 3],
    ])
    expect(rows[0]?.messages[1]?.content).toMatch(/^===Conversation Start===\n\nClara: /)
  })

  test('names are replaced everywhere, ids and prefixes among them', () => {
    const replace = createReplaceNames([
      { from: 'Clara', to: 'Mara' },
      { from: 'Anna', to: 'Eve Low' },
    ])
    for (const shape of ['sft_single_turn', 'sft_multi_turn', 'sharegpt', 'clean'] as const) {
      const rows = rowsOf(trainingRows(pier, choice({ shape, replace })))
      expect(rows.length).toBeGreaterThan(0)
      expect(JSON.stringify(rows)).not.toMatch(/Clara|Anna/)
      const [row] = rows as SingleTurnRow[]
      expect(row?.provenance.turns.map(({ character }) => character)).toContain('Eve Low')
      expect(JSON.stringify(rows)).toMatch(shape === 'clean' ? /Eve Low/ : /Eve_Low/)
    }
  })

  test('a clean row has every mind but the reader’s', () => {
    const [row] = rowsOf(trainingRows(pier, choice({ shape: 'clean' }))) as CleanRow[]
    const [talk] = row?.conversation ?? []
    expect(talk?.dialogues.map(({ character, sys_thinking }) => [character, sys_thinking])).toEqual([
      ['Anna', undefined],
      ['Clara', undefined],
      ['Boris', 'Boris should stall.'],
      ['Anna', 'I need to portray Anna as calm.'],
      ['Environment', undefined],
      ['Anna', 'Anna should end it.'],
    ])
    expect(talk?.dialogues[2]).toEqual({
      character: 'Boris',
      message: '[She knows it all.] Which one?',
      origin_id: [2],
      standard_format: '<role_thinking>She knows it all.</role_thinking>Which one?',
      without_think: 'Which one?',
      enhanced_standard_format: '<role_thinking>She knows it all.</role_thinking>Which one?',
      sys_thinking: 'Boris should stall.',
    })
    expect(JSON.stringify(row)).not.toContain('bluff')
    expect(row?.training_samples['Anna']?.at(-1)).toEqual({
      role: 'assistant',
      content: 'Anna: Go home, Clara.',
      origin_id: [5],
      sys_thinking_revised: 'Anna should end it.',
    })
  })
})

describe('where a row comes from', () => {
  const made = (fields: Turn['making']) => ({ making: { model: '/srv/models/HER-32B.gguf', ...fields } })
  const said = '<system_thinking>Wait.</system_thinking><role_thinking>He lies</role_thinking>Fine.'
  const story: Story = {
    ...pier,
    conversation: conversation({ headId: 't9' as TurnId }),
    turns: [
      turn('t1', null, reader, 'Well?'),
      turn('t2', 't1', by(anna), said, made({})),
      turn('t3', 't2', reader, 'And?'),
      turn('t4', 't3', by(anna), said.replace('He lies', 'He knows'), { editedFrom: 't5' as TurnId }),
      turn('t5', 't3', by(anna), said, made({})),
      turn('t6', 't4', reader, 'So?'),
      turn('t7', 't6', by(anna), 'Nothing.', made({})),
      turn('t8', 't6', by(anna), '<role_thinking>Clara must not know</role_thinking>Nothing.', {
        making: {
          provenance: {
            kind: 'reverse-engineered',
            teacher: 'teacher-1',
            stages: ['S2'],
            jobId: 'job',
            from: 't7' as TurnId,
          },
        },
      }),
      turn('t8b', 't8', reader, 'Ah.'),
      turn('t9', 't8b', by(anna), '(shrugs) Yes.', { dialect: 'coser' }),
    ],
  }

  test('is told of each of its own turns: who wrote it, and what was written afterwards', () => {
    const [row] = rowsOf(trainingRows(story, choice({ shape: 'sft_multi_turn' }))) as SingleTurnRow[]
    const all = { character: 'Anna', teacher: '', model: 'HER-32B.gguf' }
    expect(row?.provenance).toEqual({
      id: 'c1/t9',
      chat: 'c1',
      branch: 0,
      turns: [
        { ...all, id: 't2', turn: 2, words: 'model', thoughts: 'model', planning: 'model' },
        { ...all, id: 't4', turn: 4, words: 'model', thoughts: 'hand', planning: 'model' },
        {
          ...all,
          id: 't8',
          turn: 6,
          words: 'model',
          thoughts: 'afterwards',
          planning: 'none',
          teacher: 'teacher-1',
        },
        { ...all, id: 't9', turn: 8, words: 'unknown', thoughts: 'none', planning: 'none', model: '' },
      ],
    })
  })

  test('is the same in every shape, and one row’s only; a row is still found to be one', () => {
    const idsOf = (shape: SampleChoice['shape']) =>
      rowsOf(trainingRows(story, choice({ shape, branches: 'all' }))).map(({ provenance }) => provenance.id)
    const single = idsOf('sft_single_turn')
    expect(new Set(single).size).toBe(single.length)
    expect(single).toContain('c1/t9')
    expect([idsOf('sft_multi_turn'), idsOf('sharegpt'), idsOf('clean')].every((ids) => ids.includes('c1/t9'))).toBe(
      true,
    )
    for (const shape of ['sft_single_turn', 'sft_multi_turn', 'sharegpt', 'clean'] as const) {
      const [row] = rowsOf(trainingRows(story, choice({ shape })))
      expect(looksLikeScenes(JSON.stringify(row))).toBe(true)
    }
  })

  test('holds no name that was replaced, be it that of a file', () => {
    const named = { ...story, conversation: { ...story.conversation, id: 'Night with Clara.json' as ConversationId } }
    const replace = createReplaceNames([{ from: 'Clara', to: 'Mara' }])
    for (const shape of ['sft_single_turn', 'sft_multi_turn', 'sharegpt', 'clean'] as const) {
      const rows = rowsOf(trainingRows(named, choice({ shape, replace })))
      expect(rows.map(({ provenance }) => provenance.chat)).toContain('Night with Mara.json')
      expect(JSON.stringify(rows)).not.toContain('Clara')
    }
  })

  test('of turns of a file that are made of each other is told what can be', () => {
    const [first, second] = [
      turn('t1', null, by(anna), 'Fine.', { editedFrom: 't2' as TurnId }),
      turn('t2', null, by(anna), 'Fine.', { editedFrom: 't1' as TurnId }),
    ]
    const round = { ...pier, conversation: conversation({ headId: 't1' as TurnId }), turns: [first, second] as Turn[] }
    const [row] = rowsOf(trainingRows(round, choice({})))
    expect(row?.provenance.turns).toMatchObject([{ words: 'unknown', model: '' }])
  })
})

test('no message of a row holds another’s thought, and none but the last planning', { timeout: 120_000 }, () => {
  const shapes = fc.constantFrom('sft_single_turn', 'sft_multi_turn', 'sharegpt', 'clean')
  fc.assert(
    fc.property(
      castScene,
      shapes,
      fc.constantFrom('path', 'all'),
      fc.option(fc.nat(3)),
      (scene, shape, branches, limit) => {
        const { cast, turns, path, secrets } = scene
        const story: Story = {
          conversation: conversation({
            cast: cast.characters.map(({ id }) => id),
            headId: path.at(-1)?.id ?? null,
            ...(cast.userPlays && { userPlays: cast.userPlays }),
          }),
          turns,
          cast,
        }
        for (const item of trainingRows(story, choice({ shape, branches, mostHistory: limit ?? undefined }))) {
          if (item.kind === 'dropped') {
            expect(item.reason).toBe('no-own-turn')
            continue
          }
          // Where a row comes from says nothing of what was in it.
          const { provenance } = item.row
          expect(foundIn(JSON.stringify(provenance), secrets)).toEqual([])
          expect(provenance.turns.length).toBeGreaterThan(0)
          const samples = samplesIn(item.row)
          for (const { messages, thinker } of samples) {
            const minds = secrets.filter(({ kind }) => kind === 'thought' || kind === 'plan')
            for (const [index, { content }] of messages.entries()) {
              const found = foundIn(content, minds).map((word) => minds.find((one) => one.word === word))
              for (const secret of found) {
                const own = cast.characters.filter(({ card }) => card.name === thinker).map(({ id }) => id)
                expect(own).toContain(secret?.thinker)
                if (secret?.kind === 'plan') expect(index).toBe(messages.length - 1)
                if (secret?.kind === 'thought') expect(messages[index]?.role).toBe('assistant')
              }
            }
          }
        }
      },
    ),
    { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 2000) },
  )
})

/** Whose sample it is stands in its system prompt. */
function samplesIn(row: object): { messages: readonly TrainingMessage[]; thinker: string }[] {
  if ('training_samples' in row) {
    return Object.entries(row.training_samples as Record<string, TrainingMessage[]>).map(([thinker, messages]) => ({
      messages,
      thinker,
    }))
  }
  const messages =
    'messages' in row
      ? (row.messages as TrainingMessage[])
      : (row as { conversations: { from: string; value: string }[] }).conversations.map(({ from, value }) => ({
          role: from === 'gpt' ? ('assistant' as const) : from === 'human' ? ('user' as const) : ('system' as const),
          content: value,
        }))
  return [{ messages, thinker: /^You are (.*?)\./.exec(messages[0]?.content ?? '')?.[1] ?? '' }]
}

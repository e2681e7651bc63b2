import { type CardView, emptyCard } from '#core/cards/card.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import { buildPrompt } from '#core/prompt/build-prompt.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import type { Cast } from '#core/scene/cast.ts'
import { hearBackwards } from '#core/scene/hearing.ts'

const reader = 'anna' as CharacterId

const card: CardView = {
  ...emptyCard,
  name: 'Anna',
  description: 'A clerk at the grey pier. '.repeat(40),
  personality: 'careful',
  scenario: 'The ledger is gone.',
}

const reply = `<system_thinking>${'Anna should hide what she knows. '.repeat(40)}</system_thinking>Anna: <role_action>closes the ledger</role_action><role_thinking>He lies, and badly</role_thinking>${'Fine, have it your way. '.repeat(12)}`
const question = `*leans on the desk* ${'Where were you last night, when the lights went out? '.repeat(6)}`

function createChat(length: number): Turn[] {
  return Array.from({ length }, (_, index) => ({
    id: `turn-${index}` as TurnId,
    conversationId: 'conversation' as ConversationId,
    parentId: null,
    speaker: index % 2 ? { kind: 'character', characterId: reader } : { kind: 'user' },
    dialect: index % 2 ? 'her' : 'player',
    raw: `${index % 2 ? reply : question}${index}`,
    ending: 'complete',
    createdAt: index,
  }))
}

/** Milliseconds, the median of 15 runs after one to warm up, each on what `setup` made for it. */
function medianMs<Input>(setup: () => Input, run: (input: Input) => void): number {
  run(setup())
  const times = Array.from({ length: 15 }, () => {
    const input = setup()
    const start = performance.now()
    run(input)
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[7] ?? 0
}

/**
 * What it takes to build a prompt for a window of 32,768 tokens out of a very long chat: when nothing of it was read
 * before, and when only its newest turn wasn't, as with every reply but the first.
 */
export async function run(): Promise<{ name: string; value: number; unit: string }[]> {
  const build = (turns: readonly Turn[]) => {
    const cast: Cast = { characters: [{ id: reader, card }], user: { name: 'Boris', description: '' } }
    const heard = hearBackwards(turns, reader, cast)
    buildPrompt({ character: reader, cast, heard, budget: { contextTokens: 32_768, replyTokens: 2048 } })
  }
  const known = createChat(5000)
  build(known)
  const text = question.repeat(10_000)
  const estimateMs = medianMs(() => text, estimateTokens)
  return [
    { name: 'first prompt of a chat of 5,000 turns', value: medianMs(() => createChat(5000), build), unit: 'ms' },
    {
      name: 'next prompt of a chat of 5,000 turns',
      value: medianMs(() => [...known.slice(1), ...createChat(1)], build),
      unit: 'ms',
    },
    { name: 'token estimate', value: text.length / 1000 / estimateMs, unit: 'million characters/s' },
  ]
}

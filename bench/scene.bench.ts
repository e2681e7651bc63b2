import { type CardView, emptyCard } from '#core/cards/card.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import { buildPrompt } from '#core/prompt/build-prompt.ts'
import { isWhole, sealPrompt } from '#core/prompt/prompt-seal.ts'
import type { Cast } from '#core/scene/cast.ts'
import { hearBackwards } from '#core/scene/hearing.ts'
import { atMost, type Figure, known, median, percentile } from './figure.ts'
import { writeLine, writeTurn } from './story.ts'

const ids = ['anna', 'boris', 'clara', 'dora', 'emil', 'fanny'] as CharacterId[]
const names = ['Anna', 'Boris', 'Clara', 'Dora', 'Emil', 'Fanny']
const turnCount = 2000

function createCast(): Cast {
  const card = (name: string): CardView => ({ ...emptyCard, name, description: `${name} keeps the pier. `.repeat(40) })
  return {
    characters: ids.map((id, index) => ({ id, card: card(names[index] ?? '') })),
    user: { name: 'Gregor', description: 'A stranger.' },
  }
}

/** Everybody speaks in turn; now and then one is away for a while, somebody whispers, or it rains. */
function createScene(): Turn[] {
  return Array.from({ length: turnCount }, (_, index): Turn => {
    const away = ids[Math.floor(index / 50) % 12]
    const present = ids.filter((id) => id !== away)
    const characterId = present[index % present.length] as CharacterId
    const speaker: Speaker =
      index % 40 === 0
        ? { kind: 'environment' }
        : index % 7 === 0
          ? { kind: 'user' }
          : { kind: 'character', characterId }
    return {
      id: `turn-${index}` as TurnId,
      conversationId: 'conversation' as ConversationId,
      parentId: null,
      speaker,
      dialect: speaker.kind === 'user' ? 'player' : 'her',
      raw: speaker.kind === 'character' ? writeTurn(index) : writeLine(index),
      present,
      ...(index % 31 === 0 && { whisperTo: present.slice(0, 2) }),
      ending: 'complete',
      createdAt: index,
    }
  })
}

/** What a sealed prompt of each of six characters takes in a scene of 2,000 turns, cold and with all but the newest turn read. */
export function run(): Figure[] {
  const unread: number[] = []
  const unsealed: number[] = []
  const cold: number[] = []
  const next: number[] = []
  const budget = { contextTokens: 32_768, replyTokens: 2048 }
  // The first of all is code that was never run.
  for (let round = 0; round < 8; round += 1) {
    const turns = createScene()
    for (const times of [cold, next]) {
      for (const reader of ids) {
        // Each of them a turn later, as they are asked one after the other, by an engine that reads the cast each time.
        if (times === next) turns.push(...createScene().slice(-1))
        const cast = createCast()
        const start = performance.now()
        const prompt = buildPrompt({ character: reader, cast, heard: hearBackwards(turns, reader, cast), budget })
        const builtAt = performance.now()
        const seal = sealPrompt({ payload: prompt, path: turns, knower: { kind: 'character', id: reader }, cast })
        const sealedAt = performance.now()
        if (!isWhole(seal)) throw new Error('A prompt of the bench holds what its character does not know')
        if (round === 0) continue
        const isFirst = times === cold && reader === ids[0]
        if (isFirst) unread.push(builtAt - start)
        if (isFirst) unsealed.push(sealedAt - builtAt)
        else times.push(sealedAt - start)
      }
    }
  }
  return [
    atMost(
      20,
      'a prompt in a scene of 2,000 turns and six characters, of which nothing was read',
      median(unread),
      'ms',
      {
        least: Math.min(...unread),
      },
    ),
    atMost(
      20,
      'a sealed prompt in a scene of 2,000 turns and six characters, first of each other',
      median(cold),
      'ms',
      {
        p95: percentile(cold, 0.95),
      },
    ),
    atMost(20, 'a sealed prompt in a scene of 2,000 turns and six characters, next of each', median(next), 'ms', {
      p95: percentile(next, 0.95),
    }),
    known('the seal of the first of them, which reads every turn', median(unsealed), 'ms'),
  ]
}

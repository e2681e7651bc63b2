import { createStoryMap } from '#core/conversation/story-map.ts'
import { createTree } from '#core/conversation/tree.ts'
import type { Turn } from '#core/conversation/turn.ts'
import { parseReply } from '#core/her/parse.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import { createSearchIndex, type SearchableTurn } from '#core/search/search-index.ts'
import type { SearchQuery } from '#core/search/search-query.ts'
import { atMost, type Figure, known, median } from './figure.ts'
import { writeLine, writeTurn } from './story.ts'

const turnCount = 100_000
const turnsPerChat = 2000
const anna = 'anna' as CharacterId

/** A word no other turn has, in every hundredth: the stock sentences alone would make every word a common one. */
function ownWord(index: number): string {
  return index % 100 === 0 ? `key${index.toString(36)}` : ''
}

function createTurn(index: number): SearchableTurn {
  const isFirst = index % turnsPerChat === 0
  const raw = index % 2 ? `${writeTurn(index)} ${ownWord(index + 1)}` : `${writeLine(index)} ${ownWord(index)}`
  return {
    id: `turn-${index}` as TurnId,
    conversationId: `chat-${Math.floor(index / turnsPerChat)}` as ConversationId,
    parentId: isFirst ? null : (`turn-${index - 1}` as TurnId),
    speaker: index % 2 ? { kind: 'character', characterId: anna } : { kind: 'user' },
    createdAt: index,
    segments: parseReply(raw, { dialect: index % 2 ? 'her' : 'player' }).segments,
  }
}

const queries: Readonly<Record<string, SearchQuery>> = {
  'a common word': { text: 'the' },
  'two words': { text: 'letter winter' },
  'a rare word': { text: 'keyrs' },
  'three words that are nowhere together': { text: 'lamp spoons zebra' },
  'a phrase': { text: '"third stair"' },
  'a letter': { text: 'e' },
  'thoughts of one character': {
    text: 'letter',
    layers: new Set(['role_thinking']),
    speaker: { kind: 'character', characterId: anna },
  },
  'thought but never said': { text: 'evasion', unsaid: true },
  'often thought and often said': { text: 'wrong', unsaid: true },
}

function medianMs(rounds: number, run: () => unknown): number {
  run()
  return median(
    Array.from({ length: rounds }, () => {
      const start = performance.now()
      run()
      return performance.now() - start
    }),
  )
}

/** A story of 10,000 turns that forks every few turns. */
function createForkedTurns(): Turn[] {
  return Array.from({ length: 10_000 }, (_, index) => ({
    id: `turn-${100_000 + index}` as TurnId,
    conversationId: 'chat' as ConversationId,
    parentId:
      index === 0 ? null : (`turn-${100_000 + Math.max(0, index - 1 - (index % 5 === 0 ? index % 7 : 0))}` as TurnId),
    speaker: { kind: 'user' },
    dialect: 'player',
    raw: '',
    ending: 'complete',
    createdAt: index,
  }))
}

/** Search over 100,000 turns once the index is there, what it takes to fill it, and the picture of a long story. */
export async function run(): Promise<Figure[]> {
  const index = createSearchIndex()
  let characters = 0
  let fillMs = 0
  for (let number = 0; number < turnCount; number++) {
    const turn = createTurn(number)
    for (const segment of turn.segments) characters += segment.text.length
    const start = performance.now()
    index.put(turn)
    fillMs += performance.now() - start
  }
  const figures: Figure[] = [known('search index of 100,000 turns filled', fillMs, 'ms', { characters })]
  for (const [name, query] of Object.entries(queries)) {
    const { total } = index.search(query, 50)
    figures.push(
      atMost(
        100,
        `search 100,000 turns for ${name}`,
        medianMs(7, () => index.search(query, 50)),
        'ms',
        { total },
      ),
    )
  }
  const forked = createForkedTurns()
  const tree = createTree(forked)
  const mapMs = medianMs(15, () => createStoryMap(tree, forked.at(-1)?.id ?? null))
  figures.push(atMost(50, 'story map of 10,000 turns', mapMs, 'ms', { runs: createStoryMap(tree, null).nodes.length }))
  return figures
}

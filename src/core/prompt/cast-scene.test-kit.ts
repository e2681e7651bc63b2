import fc from 'fast-check'
import { emptyCard } from '#core/cards/card.ts'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId, TurnId } from '#core/ids.ts'
import type { Cast } from '#core/scene/cast.ts'
import { presenceOf } from '#core/scene/presence.ts'
import { createRandom } from '#lib/random.ts'

// Scenes with people who come and go, whisper, and join late; with branches and edits. What anyone may know is worked out
// here a second time, from who was in the room, and by nothing of the code that is tested.

type Kind = 'plan' | 'thought' | 'deed' | 'speech'

export interface Secret {
  /** Occurs nowhere else. */
  readonly word: string
  readonly kind: Kind
  readonly turnId: TurnId
  readonly thinker: CharacterId | undefined
  /** Who was in the room. */
  readonly room: ReadonlySet<CharacterId>
  /** Who was whispered to. */
  readonly whisperTo: readonly CharacterId[] | undefined
}

export interface CastScene {
  readonly cast: Cast
  /** All turns, those of other branches too. */
  readonly turns: readonly Turn[]
  /** What is read. */
  readonly path: readonly Turn[]
  readonly secrets: readonly Secret[]
  /** Who has been in the room at any time of the path. */
  readonly readers: readonly CharacterId[]
  /** Who is there after it. */
  readonly room: ReadonlySet<CharacterId>
}

/** Few, so that namesakes are common, and one of them is the stranger's. */
const names = ['Anna', 'Anna', 'Boris', 'Clara', 'Dora Bell', 'Emil']

export const castScene = fc
  .record({
    seed: fc.nat(),
    members: fc.integer({ min: 2, max: 6 }),
    length: fc.integer({ min: 1, max: 10 }),
  })
  .map(({ seed, members, length }) => createCastScene(createRandom(`scene ${seed}`), members, length))

function createCastScene(random: () => number, members: number, length: number): CastScene {
  const happens = (chance: number) => random() < chance
  const below = (limit: number) => Math.floor(random() * limit)
  const pick = <Item>(items: readonly Item[]) => items[below(items.length)] as Item
  const some = <Item>(items: readonly Item[], chance: number) => items.filter(() => happens(chance))

  const ids = Array.from({ length: members }, (_, index) => `id-${index}` as CharacterId)
  const userPlays = happens(0.4) ? pick(ids) : undefined
  const characters = ids.map((id) => ({ id, card: { ...emptyCard, name: pick(names) } }))
  const played = characters.find(({ id }) => id === userPlays)
  const cast: Cast = {
    characters,
    user: { name: played?.card.name ?? 'Clara', description: '' },
    ...(userPlays && { userPlays }),
  }
  // The last of them may not be there at first: as one the chat was not with, or as one of the cast who is elsewhere.
  const isLate = happens(0.5)
  const isStamped = happens(0.5)
  const first = new Set(isLate ? ids.slice(0, -1) : ids)
  const rooms = new Map<TurnId | null, ReadonlySet<CharacterId>>([[null, first]])
  const turns: Turn[] = []
  const secrets: Secret[] = []

  for (let index = 0; index < length; index += 1) {
    const model = index > 0 && happens(0.12) ? pick(turns) : undefined
    const parentId = model ? model.parentId : ((happens(0.85) ? turns[index - 1] : pick(turns))?.id ?? null)
    const before = rooms.get(parentId) as ReadonlySet<CharacterId>
    const id = `turn-${String(index).padStart(2, '0')}` as TurnId
    const inside = [...before]
    const outside = ids.filter((each) => !before.has(each))
    const moves = model === undefined && happens(0.3)
    const left = moves ? some(inside, 0.3) : (model?.left ?? [])
    const entered = moves ? some(outside, 0.5) : (model?.entered ?? [])
    const room = new Set([...before, ...entered])
    rooms.set(id, new Set([...room].filter((each) => !left.includes(each))))
    const speaker = speakerOf(before, moves, model)
    const whisperTo = model ? model.whisperTo : !moves && happens(0.2) ? some(inside, 0.4) : undefined
    // Where nobody ever was away but the one who comes later, nothing need be said of who was there.
    const mayBeSilent = ids.every(
      (each) => room.has(each) || (isLate && each === ids.at(-1) && first.has(each) === false),
    )
    const isSilent = !isStamped && mayBeSilent && !hasBeenElsewhere(parentId)
    const presence = model
      ? presenceOf(model)
      : {
          ...(!isSilent && { present: [...room] }),
          ...(left.length > 0 && { left }),
          ...(entered.length > 0 && { entered }),
          ...(whisperTo && { whisperTo }),
        }
    const thinker = speaker.kind === 'character' ? speaker.characterId : undefined
    const canary = (kind: Kind) => {
      const word = `canary${secrets.length}x`
      secrets.push({ word, kind, turnId: id, thinker, room, whisperTo })
      return `so ${word} it is.`
    }
    const isPlayer = speaker.kind === 'user' || (thinker !== undefined && thinker === userPlays)
    turns.push({
      id,
      conversationId: 'conversation' as ConversationId,
      parentId,
      speaker,
      dialect: isPlayer ? 'player' : 'her',
      raw: isPlayer ? typed(canary) : speaker.kind === 'environment' ? canary('speech') : written(canary),
      ...presence,
      ...(model && { editedFrom: model.id }),
      ending: 'complete',
      createdAt: index,
    })
  }
  const head = happens(0.7) ? turns[length - 1] : pick(turns)
  const path = pathTo(createTree(turns), head?.id ?? null)
  const seen = new Set(path.flatMap(({ id }) => [...(secrets.find(({ turnId }) => turnId === id)?.room ?? [])]))
  return { cast, turns, path, secrets, readers: [...seen], room: rooms.get(head?.id ?? null) ?? first }

  function speakerOf(before: ReadonlySet<CharacterId>, moves: boolean, model: Turn | undefined): Speaker {
    if (model) return model.speaker
    if (moves || happens(0.1)) return { kind: 'environment' }
    const able = [...before]
    if (userPlays === undefined && (able.length === 0 || happens(0.25))) return { kind: 'user' }
    return able.length > 0 ? { kind: 'character', characterId: pick(able) } : { kind: 'environment' }
  }

  function hasBeenElsewhere(parentId: TurnId | null): boolean {
    return pathTo(createTree(turns), parentId).some(({ present, left, entered }) => present ?? left ?? entered)
  }

  function typed(canary: (kind: Kind) => string): string {
    return `${happens(0.6) ? `[${canary('thought')}] ` : ''}*${canary('deed')}* ${canary('speech')}`
  }

  function written(canary: (kind: Kind) => string): string {
    const parts = [
      () => `<role_thinking>${canary('thought')}</role_thinking>`,
      () => `<role_action>${canary('deed')}</role_action>`,
      () => ` ${canary('speech')} `,
    ]
    const plan = happens(0.5) ? `<system_thinking>${canary('plan')}</system_thinking>` : ''
    return plan + Array.from({ length: 1 + below(4) }, () => pick(parts)()).join('')
  }
}

/** What a character knows of a path. */
export function knownTo(reader: CharacterId, { path, secrets }: Pick<CastScene, 'path' | 'secrets'>): string[] {
  return inPath(path, secrets)
    .filter((secret) => knows(reader, secret))
    .map(({ word }) => word)
}

/** What everyone of an audience knows of a path. */
export function knownToAll(audience: ReadonlySet<CharacterId>, { path, secrets }: CastScene): string[] {
  return inPath(path, secrets)
    .filter(({ kind }) => kind === 'deed' || kind === 'speech')
    .filter((secret) => [...audience].every((reader) => knows(reader, secret)))
    .map(({ word }) => word)
}

export function inPath(path: readonly Turn[], secrets: readonly Secret[]): Secret[] {
  return secrets.filter(({ turnId }) => path.some(({ id }) => id === turnId))
}

function knows(reader: CharacterId, { kind, thinker, room, whisperTo }: Secret): boolean {
  if (kind === 'plan') return false
  if (kind === 'thought') return thinker === reader
  if (!room.has(reader) && thinker !== reader) return false
  return kind === 'deed' || whisperTo === undefined || whisperTo.includes(reader) || thinker === reader
}

/** The canaries in a text, in their order in the scene; one that stands there twice is there twice. */
export function foundIn(text: string, secrets: readonly Secret[]): string[] {
  return secrets.flatMap(({ word }) => Array.from({ length: text.split(word).length - 1 }, () => word))
}

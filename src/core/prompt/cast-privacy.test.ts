import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Turn } from '#core/conversation/turn.ts'
import type { CharacterId, ConversationId } from '#core/ids.ts'
import { memberOf } from '#core/scene/cast.ts'
import { seeThrough } from '#core/scene/eyes.ts'
import { environmentReader, hear, hearBackwards, hearInCommon } from '#core/scene/hearing.ts'
import { candidatesOf, nextByMention, nextByTalkativeness, nextInTurn } from '#core/scene/next-speaker.ts'
import { presentAfter } from '#core/scene/presence.ts'
import { type KnownMemory, recallMemory } from '#core/scene/remembering.ts'
import { swapRoles } from '#core/scene/swap-roles.ts'
import { everyLayer } from '#core/story/story.ts'
import { adoptStory } from '#core/story/story-draft.ts'
import { readStoryFile, writeStoryFile } from '#core/story/story-file.ts'
import { buildPrompt } from './build-prompt.ts'
import { type CastScene, castScene, foundIn, inPath, knownTo, knownToAll } from './cast-scene.test-kit.ts'
import { buildEnvironmentPrompt } from './environment-prompt.ts'
import { buildNextSpeakerPrompt } from './next-speaker-prompt.ts'
import { createMessage, type PromptMessage } from './prompt-message.ts'
import { sealPrompt } from './prompt-seal.ts'
import { buildSummaryPrompt } from './summary-prompt.ts'

/** Ten thousand scenes for what a prompt and its seal hold and for what is seen; of the rest a share of them. */
const runs = (share: number) => ({ numRuns: Number(process.env['PROPERTY_RUNS'] ?? 10_000) * share })

const mind = (id: CharacterId) => ({ kind: 'character', id }) as const
const textOf = (messages: readonly PromptMessage[]) => messages.map(({ content }) => content).join('\n')
const whole = { foreignThoughts: 0, unheardLines: 0, leaks: [] }

/** The scene, and someone who has been in it. */
const read = castScene
  .filter(({ readers }) => readers.length > 0)
  .chain((scene) => fc.record({ scene: fc.constant(scene), reader: fc.constantFrom(...scene.readers) }))

test('a prompt holds what its character knows once, and nothing else; its seal is whole', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(read, ({ scene, reader }) => {
      const { cast, path, secrets } = scene
      const { messages } = buildPrompt({ character: reader, cast, heard: hearBackwards(path, reader, cast) })
      expect(foundIn(textOf(messages), secrets)).toEqual(knownTo(reader, scene))
      expect(sealPrompt({ payload: { messages }, path, knower: mind(reader), cast })).toMatchObject(whole)
    }),
    runs(1),
  )
})

test('a seal finds each word that was told to one who does not know it', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(read, fc.constantFrom('unlabelled', 'prefill', 'story'), ({ scene, reader }, source) => {
      const { cast, path, secrets } = scene
      const known = knownTo(reader, scene)
      const unknown = inPath(path, secrets).filter(
        ({ word, kind, thinker }) => !known.includes(word) && !(kind === 'plan' && thinker === reader),
      )
      const text = path.map(({ raw }) => raw.toUpperCase().replaceAll(' ', '\n')).join(' ')
      const message =
        source === 'story' ? createMessage('user', [{ source, text }]) : { content: source === 'prefill' ? '' : text }
      const payload = { messages: [message], ...(source === 'prefill' && { prefill: text }) }
      const { leaks, lookedFor } = sealPrompt({ payload, path, knower: mind(reader), cast })
      expect(lookedFor).toEqual({
        thoughts: unknown.filter(({ kind }) => kind === 'plan' || kind === 'thought').length,
        lines: unknown.filter(({ kind }) => kind === 'deed' || kind === 'speech').length,
        skipped: 0,
      })
      expect(leaks.every((leak) => leak.source === source)).toBe(true)
      const found = leaks.flatMap(({ words }) => words.match(/canary\d+x/g) ?? [])
      expect(found.sort()).toEqual(unknown.map(({ word }) => word).sort())
      for (const { kind, layer } of leaks) {
        expect(kind).toBe(layer === 'speech' || layer === 'role_action' ? 'line' : 'thought')
      }
    }),
    runs(0.1),
  )
})

test('a prompt that reaches the wrong one has its seal broken by all that one does not know', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(read, fc.nat(), ({ scene, reader }, at) => {
      const { cast, path, readers } = scene
      const other = readers[at % readers.length] as CharacterId
      const { messages } = buildPrompt({ character: reader, cast, heard: hearBackwards(path, reader, cast) })
      const { leaks } = sealPrompt({ payload: { messages }, path, knower: mind(other), cast })
      const found = leaks.flatMap(({ words }) => words.match(/canary\d+x/g) ?? [])
      const known = knownTo(other, scene)
      expect(found).toEqual(knownTo(reader, scene).filter((word) => !known.includes(word)))
    }),
    runs(0.1),
  )
})

test('through their eyes there is what is in their prompts, and the rest has no words', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(read, ({ scene, reader }) => {
      const { cast, path, secrets } = scene
      const eyes = seeThrough(path, reader, cast)
      const seen = path.flatMap((_, place) => eyes.at(place) ?? [])
      expect(seen.map(({ id }) => id)).toEqual(path.map(({ id }) => id))
      expect(foundIn(JSON.stringify(seen), secrets)).toEqual(knownTo(reader, scene))
      const heard = hearBackwards(path, reader, cast)
      const places = path.flatMap((_, place) => (heard.at(place) ? [place] : []))
      expect(places.every(eyes.wasThere)).toBe(true)
      expect(hear(path, reader, cast).map(({ place }) => place)).toEqual(places)
      expect(seen.map(({ name, known }) => [name, known])).toEqual(
        seen.map(({ segments }, place) => {
          const open = segments.filter((segment) => 'text' in segment).length
          return [heard.at(place)?.name, open === 0 ? 'nothing' : open === segments.length ? 'all' : 'part']
        }),
      )
    }),
    runs(1),
  )
})

function remember(text: string, path: readonly Turn[], turns: number, characterId: CharacterId) {
  const throughId = path[turns - 1]?.id
  if (!throughId) return undefined
  const version = { id: 'v', characterId, throughId, turns, text, writtenBy: 'model', createdAt: 0 } as const
  const conversationId = 'conversation' as ConversationId
  return recallMemory({ conversationId, versions: [version] }, path, characterId)
}

test('a memory is made of what its character knows, and stands for these turns and no others', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(read, fc.nat(), fc.boolean(), ({ scene, reader }, at, isList) => {
      const { cast, path, secrets } = scene
      const through = 1 + (at % path.length)
      const heard = isList ? hear(path, reader, cast) : hearBackwards(path, reader, cast)
      const known = knownTo(reader, scene)
      const early = knownTo(reader, { secrets, path: path.slice(0, through) })
      const ask = { character: reader, cast, heard, through, summaryTokens: 300, room: 100_000 }
      const request = buildSummaryPrompt(ask)
      expect(request.turns).toBe(through)
      expect(foundIn(textOf(request.messages), secrets)).toEqual(early)
      expect(request.isEmpty).toBe(early.length === 0)
      expect(sealPrompt({ payload: request, path, knower: mind(reader), cast })).toMatchObject(whole)
      // At worst the model repeats all that it was told.
      const memory: KnownMemory | undefined = remember(early.join(' '), path, through, reader)
      const { messages } = buildPrompt({ character: reader, cast, heard, ...(memory && { memory }) })
      expect(foundIn(textOf(messages), secrets)).toEqual(known)
      // Bit by bit, in requests that hold little, nothing is told twice and nothing is left out.
      const told: string[] = []
      for (let before = memory && remember('.', path, 1, reader), from = before?.turns ?? 0; from < through; ) {
        const piece = buildSummaryPrompt({ ...ask, room: 700, ...(before && { before }) })
        told.push(...foundIn(textOf(piece.messages), secrets))
        expect(piece.turns).toBeGreaterThan(from)
        from = piece.turns
        before = remember('.', path, from, reader)
        if (from < through && !before) break
      }
      const first = memory ? knownTo(reader, { secrets, path: path.slice(0, 1) }) : []
      if (memory) expect(told).toEqual(early.filter((word) => !first.includes(word)))
    }),
    runs(0.15),
  )
})

function publicOf(scene: CastScene) {
  const { cast, path } = scene
  const ids = presentAfter(
    path,
    cast.characters.map(({ id }) => id),
  )
  const present = ids.flatMap((id) => memberOf(id, cast) ?? [])
  return { cast, present, ids, heard: hearInCommon(path, ids, cast) }
}

test('the environment, and who chooses the next to speak, know what all present know and no thought', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(castScene, (scene) => {
      const { cast, path, secrets, room } = scene
      const all = publicOf(scene)
      // Who has never come in on this path is there only where nothing was ever said of it.
      const isTold = path.some(({ present }) => present !== undefined)
      if (isTold) expect(new Set(all.ids)).toEqual(room)
      const audience = new Set(all.ids)
      const expected = isTold ? knownToAll(audience, scene) : undefined
      const narrated = buildEnvironmentPrompt({ ...all, budget: { contextTokens: 100_000, replyTokens: 0 } })
      const found = foundIn(textOf(narrated.messages), secrets)
      const knower = { kind: 'common', ids: all.ids } as const
      expect(sealPrompt({ payload: narrated, path, knower, cast })).toMatchObject(whole)
      if (expected) expect(found).toEqual(expected)
      const moment = { cast, path, present: all.ids }
      const candidates = candidatesOf(moment)
      const asked = buildNextSpeakerPrompt({ ...all, candidates, room: 100_000 })
      expect(foundIn(textOf(asked), secrets)).toEqual(found)
      expect(sealPrompt({ payload: { messages: asked }, path, knower, cast })).toMatchObject(whole)
      // What all are to remember together is made of the same, and told to nobody else than all of them.
      const ask = { character: environmentReader, cast, heard: all.heard, summaryTokens: 300, room: 100_000 }
      const summary = buildSummaryPrompt({ ...ask, through: path.length })
      expect(foundIn(textOf(summary.messages), secrets)).toEqual(found)
      expect(sealPrompt({ payload: summary, path, knower, cast })).toMatchObject(whole)
      expect(found.filter((word) => secrets.some((one) => one.word === word && /plan|thought/.test(one.kind)))).toEqual(
        [],
      )

      const last = path.at(-1)?.speaker
      for (const { id } of candidates) {
        expect(all.ids).toContain(id)
        expect(id).not.toBe(cast.userPlays)
        expect({ kind: 'character', characterId: id }).not.toEqual(last)
      }
      const able = candidates.map(({ id }) => id)
      for (const next of [nextInTurn(moment), nextByTalkativeness(moment, () => 0.5)]) {
        if (able.length === 0) expect(next).toBeUndefined()
        else expect(able).toContain(next)
      }
      const mentioned = nextByMention(moment)
      if (mentioned) expect(able).toContain(mentioned)
    }),
    runs(0.15),
  )
})

test('who is written for the reader knows no thought, and as one of the cast what that one perceived', {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(castScene, (scene) => {
      const { cast, path, secrets } = scene
      const [main] = cast.characters.filter(({ id }) => id !== cast.userPlays)
      if (!main || (cast.userPlays && !scene.readers.includes(cast.userPlays))) return
      const swapped = swapRoles(path, cast, main.id)
      const heard = hear(swapped.path, swapped.player, swapped.cast)
      const { messages } = buildPrompt({ character: swapped.player, cast: swapped.cast, heard })
      expect(sealPrompt({ payload: { messages }, path, knower: { kind: 'player' }, cast })).toMatchObject(whole)
      const isOpen = ({ kind }: { kind: string }) => kind === 'deed' || kind === 'speech'
      const open = inPath(path, secrets).filter(isOpen)
      const expected = cast.userPlays
        ? knownTo(cast.userPlays, { path, secrets: secrets.filter(isOpen) })
        : open.map(({ word }) => word)
      expect(foundIn(textOf(messages), secrets)).toEqual(expected)
    }),
    runs(0.1),
  )
})

test('out into a file and in again, everyone knows what they knew', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(read, ({ scene, reader }) => {
      const { cast, turns, path, secrets } = scene
      const ids = cast.characters.map(({ id }) => id)
      const [first = reader] = ids
      const conversation = {
        id: 'conversation' as ConversationId,
        characterId: first,
        cast: ids,
        ...(cast.userPlays && { userPlays: cast.userPlays }),
        title: '',
        headId: path.at(-1)?.id ?? null,
        createdAt: 1,
        updatedAt: 1,
      }
      const file = writeStoryFile({ conversation, turns, cast }, { layers: everyLayer, extent: 'tree' })
      const came = readStoryFile(JSON.parse(file))
      if (!came.ok) throw new Error('not read')
      const renamed = (id: CharacterId) => `new ${id}` as CharacterId
      let made = 0
      const adopted = adoptStory(came.value.draft, {
        conversationId: 'other' as ConversationId,
        characterIds: new Map(ids.map((id) => [id as string, renamed(id)])),
        characterId: renamed(first),
        createId: () => `made-${String(made++).padStart(3, '0')}`,
        now: 1,
      })
      expect(adopted.conversation).toMatchObject({ cast: ids.map(renamed) })
      expect(adopted.conversation.userPlays).toBe(cast.userPlays && renamed(cast.userPlays))
      const newCast = {
        ...cast,
        characters: cast.characters.map(({ id, card }) => ({ id: renamed(id), card })),
        ...(cast.userPlays && { userPlays: renamed(cast.userPlays) }),
      }
      const newPath = adopted.turns.filter(({ raw }) => path.some((turn) => turn.raw === raw))
      const character = renamed(reader)
      const heard = hear(newPath, character, newCast)
      const { messages } = buildPrompt({ character, cast: newCast, heard })
      expect(foundIn(textOf(messages), secrets)).toEqual(knownTo(reader, scene))
    }),
    runs(0.1),
  )
})

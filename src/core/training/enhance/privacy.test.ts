import fc from 'fast-check'
import { expect, test } from 'vitest'
import { castScene, foundIn, knownTo, knownToAll } from '#core/prompt/cast-scene.test-kit.ts'
import { sealPrompt } from '#core/prompt/prompt-seal.ts'
import { askBackward, planWindowsOf } from './backward-prompt.ts'
import { everyStage } from './enhance.test-kit.ts'
import { askForward } from './forward-prompt.ts'
import { type EnhanceStory, partsOf } from './part.ts'
import { askRoleThinking, windowsOf } from './role-thinking-prompt.ts'
import { askSetting } from './setting-prompt.ts'
import type { TeacherRequest } from './teacher-request.ts'

const runs = { numRuns: Number(process.env['PROPERTY_RUNS'] ?? 500) }
const textOf = ({ messages }: TeacherRequest) => messages.map(({ content }) => content).join('\n')
const choice = { ...everyStage, turns: 'all' as const }

test('no teacher is told what the character it writes for does not know, nor any planning', {
  timeout: 120_000,
}, () => {
  let asked = 0
  fc.assert(
    fc.property(castScene, (scene) => {
      const { cast, path, secrets } = scene
      const story: EnhanceStory = { id: 'story', title: 'A story', cast, path }
      for (const part of partsOf(story, choice)) {
        const known = new Set(knownTo(part.reader, scene))
        const requests = [
          ...windowsOf(part).map((targets, index) => askRoleThinking(story, part, targets, index)),
          ...part.targets.map((target) => askForward(story, part, target, path)),
          ...planWindowsOf(part).map((targets) =>
            askBackward(story, part, targets, { written: new Map(), drafts: new Map() }),
          ),
          askSetting(story, part.reader),
        ]
        for (const request of requests) {
          asked += 1
          const told = foundIn(textOf(request), secrets)
          expect(told.filter((word) => !known.has(word))).toEqual([])
          const knower = { kind: 'character', id: part.reader } as const
          expect(sealPrompt({ payload: request, path, knower, cast }).leaks).toEqual([])
        }
      }
      const common = new Set(knownToAll(new Set(cast.characters.map(({ id }) => id)), scene))
      const told = foundIn(textOf(askSetting(story, undefined)), secrets)
      expect(told.filter((word) => !common.has(word))).toEqual([])
    }),
    runs,
  )
  expect(asked).toBeGreaterThan(runs.numRuns)
})

test('what a teacher is asked about a turn holds what that character knows', () => {
  fc.assert(
    fc.property(castScene, (scene) => {
      const { cast, path, secrets } = scene
      const story: EnhanceStory = { id: 'story', title: 'A story', cast, path }
      for (const part of partsOf(story, choice)) {
        const [targets] = planWindowsOf(part)
        const last = targets?.at(-1)
        if (!targets || !last) continue
        const text = textOf(askBackward(story, part, targets, { written: new Map(), drafts: new Map() }))
        const heard = knownTo(part.reader, { path: path.slice(0, last.place + 1), secrets })
        expect(new Set(foundIn(text, secrets))).toEqual(new Set(heard))
      }
    }),
    { numRuns: 300 },
  )
})

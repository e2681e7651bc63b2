import { expect, test } from 'vitest'
import type { TurnId } from '#core/ids.ts'
import { anna, enhanceStory, everyStage } from './enhance.test-kit.ts'
import type { EnhancedTurn } from './enhanced.ts'
import { enhancedRow } from './enhanced-row.ts'
import { estimateEnhance } from './estimate-enhance.ts'
import { measurePatterns } from './pattern.ts'

const story = enhanceStory()
const sound: EnhancedTurn = {
  turnId: 't4' as TurnId,
  place: 4,
  characterId: anna,
  raw: '<system_thinking>Anna should stall.</system_thinking><role_thinking>I lie</role_thinking>It is only numbers.',
  stages: ['S2', 'S3b'],
  findings: [],
  problems: [],
  reason: 'shows fear',
}
const wrong: EnhancedTurn = {
  ...sound,
  turnId: 't1' as TurnId,
  place: 1,
  raw: '<role_thinking>Anna lies</role_thinking>Good evening, inspector.',
  findings: [{ check: 'voice', weight: 'wrong', sentence: 'No.' }],
}
const enhanced = {
  storyId: 'story',
  turns: [wrong, sound],
  characters: [
    {
      characterId: anna,
      name: 'Anna',
      before: measurePatterns([]),
      after: measurePatterns([]),
      sentences: [],
      setting: { fields: { character_profile: 'A clerk. Careful.' }, reasoning: 'DIALOGUE shows care' },
    },
  ],
  scenario: { scenario: 'An office. Rain.', fields: {}, reasoning: 'TEXT source "Rain"' },
  problems: [],
}

test('a row has each turn as it was and as it is, and whose words those are', () => {
  const row = enhancedRow(story, enhanced, 'teacher-1')
  const [{ dialogues, ...conversation }] = row.conversation
  expect(
    dialogues.map(({ character, standard_format, enhanced_standard_format }) => [
      character,
      standard_format === enhanced_standard_format,
    ]),
  ).toEqual([
    ['Environment', true],
    ['Anna', true],
    ['Tom', true],
    ['Boris', true],
    ['Anna', false],
  ])
  expect(dialogues[4]).toMatchObject({
    origin_id: [4],
    standard_format: 'It is only numbers.',
    without_think: 'It is only numbers.',
    enhanced_standard_format: '<role_thinking>I lie</role_thinking>It is only numbers.',
    enhanced_reason: 'shows fear',
    enhanced_pattern: 'think→speech',
    sys_thinking: 'Anna should stall.',
  })
  expect(conversation).toMatchObject({
    scenario_enriched: 'An office. Rain.',
    scenario_enrichment_reasoning: 'TEXT source "Rain"',
  })
  expect(row.character_datasets['Anna']).toMatchObject({
    character_profile: 'A clerk.',
    character_profile_enriched: 'A clerk. Careful.',
    setting_enrichment_reasoning: 'DIALOGUE shows care',
  })
  expect(row.training_samples['Anna']?.at(-1)).toMatchObject({ sys_thinking_revised: 'Anna should stall.' })
  expect(JSON.stringify(row.training_samples['Anna'])).not.toContain('BORIS-')
  // The completed setting is in her own prompt; of Boris's what he sees of her is what it was.
  expect(row.training_samples['Anna']?.[0]?.content).toContain('A clerk. Careful.')
  expect(row.training_samples['Boris']?.[0]?.content).toContain('A clerk.')
  expect(row.training_samples['Boris']?.[0]?.content).not.toContain('Careful')
  expect(row.provenance).toMatchObject({ kind: 'reverse-engineered', teacher: 'teacher-1', stages: ['S2', 'S3b'] })
  expect(row.provenance.turns.find(({ id }) => id === 't4')).toEqual({
    id: 't4',
    turn: 5,
    character: 'Anna',
    words: 'unknown',
    thoughts: 'afterwards',
    planning: 'afterwards',
    model: '',
    teacher: 'teacher-1',
  })
  expect(JSON.stringify(enhancedRow(story, enhanced, 'teacher-1', () => true))).toContain('Anna lies')
})

test('an estimate counts the calls a good teacher takes', () => {
  const estimate = estimateEnhance(story, everyStage)
  // One for all thoughts, a draft for each turn, one for all plans, the scenario and Anna's setting.
  expect(estimate).toMatchObject({ turns: 2, calls: 6 })
  expect(estimate.promptTokens).toBeGreaterThan(2000)
  expect(estimateEnhance(story, { ...everyStage, turns: 'all' })).toMatchObject({ turns: 3, calls: 10 })
  const nothing = { roleThinking: false, forward: false, backward: false, setting: false }
  expect(estimateEnhance(story, { stages: nothing, turns: 'all' })).toMatchObject({ turns: 0, calls: 0 })
})

import { readTurn } from '#core/conversation/read-turn.ts'
import type { Provenance, Turn } from '#core/conversation/turn.ts'
import type { TurnId } from '#core/ids.ts'
import { disarm } from '#core/prompt/special-tokens.ts'
import type { Cast } from '#core/scene/cast.ts'
import { type CleanDialogue, type CleanRow, cleanRow } from '../clean-row.ts'
import { createProvenance, type RowProvenance } from '../provenance.ts'
import { castForTraining, partOf } from '../sample.ts'
import { settingFields } from './character-setting.ts'
import { completeMember } from './complete-card.ts'
import { type EnhancedStory, type EnhancedTurn, isSound } from './enhanced.ts'
import type { EnhanceStory } from './part.ts'
import { patternOf } from './pattern.ts'

/** A story as one row of HER's `full_info` kind: what it was, what was written for it, and by whom. */
export interface EnhancedRow extends CleanRow {
  readonly provenance: RowProvenance & Omit<Provenance, 'from' | 'jobId'>
}

/**
 * What came of a story, with the turns that are sound; `turns` says which others. A dialogue has its turn as it was
 * (`standard_format`) and as it is now (`enhanced_standard_format`, `sys_thinking`). The prompts of its samples have the
 * completed setting.
 */
export function enhancedRow(
  story: EnhanceStory,
  enhanced: EnhancedStory,
  teacher: string,
  isTaken: (turn: EnhancedTurn) => boolean = isSound,
): EnhancedRow {
  const taken = new Map(enhanced.turns.filter(isTaken).map((turn) => [turn.turnId, turn]))
  const path = enhancedPath(story.path, taken, teacher)
  const before = rowOf(story, story.path)
  const after = rowOf({ ...story, cast: completedCast(story, enhanced) }, path)
  const [told] = before.conversation
  const dialogues = (after.conversation[0]?.dialogues ?? []).map((now, index): CleanDialogue & object => {
    const was = told.dialogues[index] ?? now
    const turns = now.origin_id.flatMap((place) => taken.get(story.path[place]?.id as TurnId) ?? [])
    const reason = turns.flatMap((turn) => turn.reason ?? []).join(' ')
    const pattern = now.origin_id.flatMap((place) => {
      const turn = path[place]
      return turn ? [patternOf(readTurn(turn, story.cast).segments)] : []
    })
    return {
      ...was,
      enhanced_standard_format: now.standard_format,
      ...(now.sys_thinking !== undefined && { sys_thinking: now.sys_thinking }),
      ...(turns.length > 0 && {
        enhanced_pattern: pattern.filter((each) => each !== '').join('→'),
        ...(reason !== '' && { enhanced_reason: reason }),
      }),
    }
  })
  return {
    ...before,
    conversation: [
      {
        ...told,
        dialogues,
        ...(enhanced.scenario?.scenario !== undefined && {
          scenario_enriched: enhanced.scenario.scenario,
          scenario_enrichment_reasoning: enhanced.scenario.reasoning,
        }),
      },
    ],
    character_datasets: datasetsOf(before, enhanced),
    training_samples: after.training_samples,
    provenance: {
      ...after.provenance,
      kind: 'reverse-engineered',
      teacher,
      stages: [...new Set([...taken.values()].flatMap(({ stages }) => stages))].sort(),
    },
  }
}

/** A path with enhanced turns in the place of those they were written for. */
function enhancedPath(path: readonly Turn[], taken: ReadonlyMap<TurnId, EnhancedTurn>, teacher: string): Turn[] {
  return path.map((turn) => {
    const enhanced = taken.get(turn.id)
    if (!enhanced) return turn
    const { template: _template, ...rest } = turn
    const from = { kind: 'reverse-engineered', teacher, stages: enhanced.stages, jobId: '', from: turn.id } as const
    return { ...rest, raw: enhanced.raw, dialect: 'her', making: { keepsOthers: true, provenance: from } }
  })
}

/** Everyone with the setting that stage 4 completed. The scenario is the one that all of them know. */
function completedCast({ cast, scenario }: EnhanceStory, { characters, scenario: common }: EnhancedStory): Cast {
  const settings = new Map(characters.map(({ characterId, setting }) => [characterId, setting]))
  const before = scenario ?? cast.characters[0]?.card.scenario
  return {
    ...cast,
    characters: cast.characters.map((member) => {
      const setting = settings.get(member.id)
      const complete = setting && Object.keys(setting.fields).length > 0 ? completeMember(member, setting) : member
      const { card } = complete
      if (common?.scenario === undefined || card.scenario !== before) return complete
      return { ...complete, card: { ...card, scenario: common.scenario } }
    }),
  }
}

function rowOf({ id, title, cast: whole, path: originals }: EnhanceStory, path: readonly Turn[]): CleanRow {
  const cast: Cast = castForTraining(whole)
  const readers = cast.characters.map((member) => member.id).filter((each) => each !== cast.userPlays)
  const parts = readers.map((reader) => partOf(reader, path, cast)).filter(({ runs }) => runs.length > 0)
  const asIs = (text: string) => text
  const tell = createProvenance(originals, cast, disarm)
  return cleanRow({
    traceId: id,
    title,
    path,
    cast,
    parts,
    replace: asIs,
    from: { chat: id, branch: 0, tell },
  })
}

function datasetsOf(before: CleanRow, { characters }: EnhancedStory): CleanRow['character_datasets'] {
  const settings = new Map(characters.map(({ name, setting }) => [name, setting]))
  return Object.fromEntries(
    Object.entries(before.character_datasets).map(([name, dataset]) => {
      const setting = settings.get(name)
      if (!setting) return [name, dataset]
      const enriched = settingFields.flatMap((field) => {
        const text = setting.fields[field]
        return text === undefined ? [] : [[`${field}_enriched`, text] as const]
      })
      return [name, { ...dataset, ...Object.fromEntries(enriched), setting_enrichment_reasoning: setting.reasoning }]
    }),
  )
}

import { readJsonAnswer } from '#core/teacher/read-json-answer.ts'
import { asRecord, asString } from '#lib/json-value.ts'
import { err, ok, type Result } from '#lib/result.ts'
import { t } from '#lib/translate.ts'
import { type SettingField, settingFields } from './character-setting.ts'

/** A setting as it was completed: only fields that say more than before. */
export interface CompletedSetting {
  readonly scenario?: string
  readonly fields: Readonly<Partial<Record<SettingField, string>>>
  readonly reasoning: string
}

/** What there was before. */
export interface SettingBefore {
  readonly scenario: string
  readonly fields: Readonly<Record<SettingField, string>>
}

/**
 * What an answer adds to a setting. A field that lost words of the original is left out: completing keeps them all.
 * @param name of the character that was asked for; undefined for the scenario alone.
 */
export function readSetting(
  answer: string,
  before: SettingBefore,
  name: string | undefined,
): Result<CompletedSetting, { readonly sentence: string }> {
  const read = readJsonAnswer(answer)
  if (!read.ok) return read
  const whole = asRecord(read.value)
  const characters = asRecord(whole?.['characters'])
  const own = name === undefined ? {} : (asRecord(characters?.[name]) ?? asRecord(Object.values(characters ?? {})[0]))
  if (!whole || !own) return err({ sentence: t('The answer has no setting.') })
  const fields = Object.fromEntries(
    settingFields.flatMap((field) => {
      const text = asString(own[`${field}_enriched`])?.trim() ?? ''
      return isCompletion(text, before.fields[field]) ? [[field, text] as const] : []
    }),
  )
  const scenario = asString(whole['scenario_enriched'])?.trim() ?? ''
  const reasoning = asString(name === undefined ? whole['scenario_reasoning'] : own['reasoning']) ?? ''
  return ok({
    ...(name === undefined && isCompletion(scenario, before.scenario) && { scenario }),
    fields,
    reasoning,
  })
}

/** More than before, and all of what was before. */
function isCompletion(text: string, before: string): boolean {
  const plain = (words: string) => words.replace(/\s+/g, ' ').trim()
  return plain(text).length > plain(before).length && plain(text).includes(plain(before))
}

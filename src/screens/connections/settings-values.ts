import {
  type Connection,
  type OwnSampling,
  ownSamplingOf,
  type Sampling,
  type SamplingPreset,
  type ServerKind,
  samplingPresets,
} from '#core/connection.ts'
import type { PromptForm } from '#core/prompt/form.ts'
import { type HistoryPolicy, herHistory } from '#core/prompt/history-policy.ts'
import type { PromptSettings } from '#core/prompt/prompt-settings.ts'

/** What the form of a connection's settings holds: numbers as they were typed, empty where there is none. */
export interface SettingsValues {
  readonly maxTokens: string
  readonly contextTokens: string
  readonly temperature: string
  readonly topP: string
  readonly topK: string
  readonly minP: string
  readonly repetitionPenalty: string
  readonly form: PromptForm
  readonly planning: HistoryPolicy['planning']
  readonly thoughts: 'all' | 'last' | 'none'
  readonly lastThoughts: string
  readonly planningTokens: string
  readonly stopsAtNames: boolean
  readonly makesAhead: boolean
  readonly keepsShape: boolean
}

export type Preset = SamplingPreset | 'own'

type SamplingValues = Pick<SettingsValues, 'maxTokens' | 'temperature' | 'topP' | OwnSampling>

export function valuesOf({
  kind,
  sampling,
  capabilities,
  prompt = {},
  makesAhead,
  keepsShape,
}: Connection): SettingsValues {
  const { planning, thoughts } = prompt.history ?? herHistory
  return {
    ...samplingValues(sampling, kind),
    contextTokens: String(capabilities.contextTokens ?? 8192),
    form: prompt.form ?? 'training',
    planning,
    thoughts: thoughts === 'all' ? 'all' : thoughts === 0 ? 'none' : 'last',
    lastThoughts: typeof thoughts === 'number' && thoughts > 0 ? String(thoughts) : '3',
    planningTokens: String(prompt.planningTokens ?? ''),
    stopsAtNames: !prompt.keepsOthers,
    makesAhead: makesAhead === true,
    keepsShape: keepsShape === true,
  }
}

/** The values of a preset, as far as the server takes them. */
export function presetValues(preset: SamplingPreset, kind: ServerKind): SamplingValues {
  return samplingValues(samplingPresets[preset], kind)
}

/** Which preset the values are, if they are one. */
export function presetOf(values: SettingsValues, kind: ServerKind): Preset {
  const isIt = (preset: SamplingPreset) =>
    Object.entries(presetValues(preset, kind)).every(([name, value]) => values[name as keyof SamplingValues] === value)
  if (isIt('her-demo')) return 'her-demo'
  return isIt('her-evaluation') ? 'her-evaluation' : 'own'
}

/** The connection with what the form says. What is HER's default is left out of its row. */
export function withValues(connection: Connection, values: SettingsValues): Connection {
  const { prompt: _before, makesAhead: _ahead, keepsShape: _shape, ...rest } = connection
  const { contextTokens: _size, ...capabilities } = connection.capabilities
  const contextTokens = Number(values.contextTokens)
  const prompt = promptOf(values)
  return {
    ...rest,
    capabilities: { ...capabilities, ...(contextTokens > 0 && { contextTokens }) },
    sampling: samplingOf(values, connection.kind),
    ...(Object.keys(prompt).length > 0 && { prompt }),
    ...(values.makesAhead && { makesAhead: true }),
    ...(values.keepsShape && { keepsShape: true }),
  }
}

function samplingValues(sampling: Sampling, kind: ServerKind): SamplingValues {
  const taken = ownSamplingOf(kind)
  const own = (name: OwnSampling) => (taken.includes(name) ? String(sampling[name] ?? '') : '')
  return {
    maxTokens: String(sampling.maxTokens),
    temperature: String(sampling.temperature),
    topP: String(sampling.topP),
    topK: own('topK'),
    minP: own('minP'),
    repetitionPenalty: own('repetitionPenalty'),
  }
}

function samplingOf(values: SettingsValues, kind: ServerKind): Sampling {
  const own = ownSamplingOf(kind).filter((name) => values[name].trim() !== '')
  return {
    temperature: Number(values.temperature),
    topP: Number(values.topP),
    maxTokens: Number(values.maxTokens),
    ...Object.fromEntries(own.map((name) => [name, Number(values[name])])),
  }
}

function promptOf({ form, planning, thoughts, ...values }: SettingsValues): PromptSettings {
  const kept =
    thoughts === 'all' ? 'all' : thoughts === 'none' ? 0 : Math.max(1, Math.round(Number(values.lastThoughts)))
  const planningTokens = Math.round(Number(values.planningTokens))
  return {
    ...(form !== 'training' && { form }),
    ...((planning !== herHistory.planning || kept !== herHistory.thoughts) && {
      history: { planning, thoughts: kept },
    }),
    ...(planningTokens > 0 && { planningTokens }),
    ...(!values.stopsAtNames && { keepsOthers: true }),
  }
}

import { type Capabilities, type Connection, herSampling, type PrefillWay, type ServerKind } from '#core/connection.ts'
import { t } from '#lib/translate.ts'
import type { Discovery, ModelMessage } from '#ports/model.ts'
import { ModelFailure } from '#ports/model.ts'
import { buildRequest, type RequestTarget, thinkingSwitches } from './build-request.ts'
import { countingPrefill, judgeContinuation, plannedPrefill, showsHer } from './judge-continuation.ts'
import type { ReasoningField } from './reply-reader.ts'
import { type Streaming, streamReply } from './stream-reply.ts'

/** What the test needs: everything of a stream, and how long one call may take, in milliseconds. */
export interface Testing extends Omit<Streaming, 'onReasoningField'> {
  readonly signal: AbortSignal
  readonly limitMs: number
  readonly onStep: (step: string) => void
}

export interface TestResult {
  readonly capabilities: Capabilities
  readonly transport: Connection['transport']
  readonly sample: string
}

/** What came of one call. `text` is as it came, planning in a field of its own included. */
interface Trial {
  readonly text: string
  readonly field?: ReasoningField
}

const scene: readonly ModelMessage[] = [
  {
    role: 'system',
    content: [
      'You are Anna.',
      "\n\n===Anna's Profile===\nA lamplighter who says little and means it.",
      '\n\n===Requirements===\nAnswer in two parts. First plan, in one short sentence, inside <system_thinking> and ',
      '</system_thinking>. Then reply as Anna: <role_thinking>her thought</role_thinking>, ',
      '<role_action>what she does</role_action>, and what she says as plain text. At most ten words of speech.',
    ].join(''),
  },
  { role: 'user', content: '===Conversation Start===\n\nTom: Good evening. How many lanterns do you see?' },
]

/** Servers whose `/v1/completions` takes a prompt as it is. Ollama's puts its own template around it. */
const rawCompletions: ReadonlySet<ServerKind> = new Set(['vllm', 'sglang', 'llamacpp', 'lmstudio', 'other'])

/** How often a server may refuse what is asked of it before its refusal counts. */
const mostRefusals = 2

/**
 * Finds out with a few short calls what a model's server does: takes a prefill (and how), repeats it, puts planning
 * elsewhere, takes the thinking switch, refuses fields it does not know, takes raw prompts; and whether the model speaks
 * HER. A call that is still talking when its time is up has said enough; one that has said nothing fails with `stalled`.
 */
export async function testModel(discovery: Discovery, model: string, testing: Testing): Promise<TestResult> {
  const { kind } = discovery
  const contextTokens = discovery.models.find(({ id }) => id === model)?.contextTokens
  const target = (prefill: PrefillWay, thinkingSwitch: boolean, transport: Connection['transport'] = 'chat') => ({
    kind,
    model,
    transport,
    capabilities: { prefill, thinkingSwitch },
  })

  testing.onStep(t('Asking for a short reply'))
  let current: RequestTarget = target(firstWay(kind), thinkingSwitches.has(kind))
  let trial: Trial | undefined
  for (let refusals = 0; trial === undefined; refusals += 1) {
    try {
      trial = await callModel(current, countingPrefill, 160, testing)
    } catch (error) {
      const plainer = refusals < mostRefusals ? plainerTarget(current, error) : undefined
      if (!plainer) throw error
      current = plainer
      testing.onStep(t('Asking again, more simply'))
    }
  }

  const { prefill: way, thinkingSwitch, lengthField, strict } = current.capabilities
  const continuation = way === 'none' ? 'restarted' : judgeContinuation(trial.text)
  const continues = continuation === 'continued' || continuation === 'echoed'
  let speaksHer = showsHer(withoutPrefill(trial.text))
  let sample = continuation === 'continued' ? countingPrefill + trial.text : trial.text
  let field = trial.field

  if (continues && !speaksHer) {
    testing.onStep(t('Looking for thoughts and actions'))
    const planned = await tryCall(current, plannedPrefill, 96, testing)
    if (planned && planned.text !== '') {
      speaksHer = showsHer(planned.text.replace(plannedPrefill, ''))
      sample = planned.text.startsWith(plannedPrefill) ? planned.text : plannedPrefill + planned.text
      field ??= planned.field
    }
  }

  let completions = false
  let transport: Connection['transport'] = 'chat'
  if (rawCompletions.has(kind)) {
    testing.onStep(t('Trying a raw prompt'))
    const raw = await tryCall(target('none', false, 'completions'), countingPrefill, continues ? 8 : 160, testing)
    completions = raw !== undefined
    const rawContinues = raw !== undefined && judgeContinuation(raw.text) === 'continued'
    if (raw && !continues && rawContinues) {
      transport = 'completions'
      sample = countingPrefill + raw.text
      speaksHer ||= showsHer(raw.text)
    }
  }

  return {
    capabilities: {
      prefill: continues ? way : 'none',
      echo: continuation === 'echoed',
      ...(field && { reasoningField: field }),
      thinkingSwitch,
      ...(lengthField && { lengthField }),
      ...(strict && { strict }),
      ...(contextTokens !== undefined && { contextTokens }),
      speaksHer,
      completions,
    },
    transport,
    sample,
  }
}

/** The flags are tried on unknown servers too: they are ignored where a trailing message is continued by itself. */
function firstWay(kind: ServerKind): PrefillWay {
  switch (kind) {
    case 'vllm':
    case 'sglang':
    case 'other':
      return 'flags'
    case 'llamacpp':
    case 'ollama':
    case 'lmstudio':
    case 'openrouter':
    case 'demo':
    case 'in-page':
      return 'trailing'
    case 'openai':
      return 'none'
  }
}

/**
 * A request with less in it, after one that was refused; undefined when there is nothing to leave out. A known server
 * is believed when it names what it can't take. A strict unknown one names the first field only, so it gets none that
 * OpenAI does not have.
 */
function plainerTarget(target: RequestTarget, error: unknown): RequestTarget | undefined {
  const refusal = error instanceof ModelFailure ? error.error : undefined
  if (refusal?.kind !== 'rejected' && refusal?.kind !== 'server-error') return undefined
  const { prefill, thinkingSwitch, lengthField } = target.capabilities
  const detail = refusal.detail ?? ''
  const blamesLength = /\bmax_tokens\b/i.test(detail) && target.kind !== 'openai' && lengthField === undefined
  const hasExtras = prefill !== 'none' || thinkingSwitch
  if (!blamesLength && !hasExtras) return undefined
  const renamed = { ...target.capabilities, ...(blamesLength && ({ lengthField: 'max_completion_tokens' } as const)) }
  if (target.kind === 'other') {
    return {
      ...target,
      capabilities: { ...renamed, prefill: 'none', thinkingSwitch: false, ...(hasExtras && { strict: true }) },
    }
  }
  const blamesSwitch = /chat_template|enable_thinking/i.test(detail)
  const blamesPrefill = /continue_final_message|add_generation_prompt|prefill|assistant|last message/i.test(detail)
  const blamesNothing = !blamesSwitch && !blamesPrefill
  if (blamesLength && blamesNothing) return { ...target, capabilities: renamed }
  return {
    ...target,
    capabilities: {
      ...renamed,
      prefill: blamesPrefill || blamesNothing ? 'none' : prefill,
      thinkingSwitch: thinkingSwitch && blamesPrefill && !blamesSwitch,
    },
  }
}

/** A call whose refusal is an answer too. */
async function tryCall(
  target: RequestTarget,
  prefill: string,
  maxTokens: number,
  testing: Testing,
): Promise<Trial | undefined> {
  try {
    return await callModel(target, prefill, maxTokens, testing)
  } catch (error) {
    if (testing.signal.aborted || !(error instanceof ModelFailure)) throw error
    return undefined
  }
}

async function callModel(target: RequestTarget, prefill: string, maxTokens: number, testing: Testing): Promise<Trial> {
  const { signal, setTimer, limitMs } = testing
  const controller = new AbortController()
  const abort = () => controller.abort()
  signal.addEventListener('abort', abort, { once: true })
  const cancelTimer = setTimer(limitMs, abort)
  let text = ''
  let field: ReasoningField | undefined
  const trial = (): Trial => ({ text, ...(field && { field }) })
  const request = buildRequest(target, {
    messages: scene,
    prefill,
    sampling: { ...herSampling, maxTokens },
    stop: ['<|im_end|>'],
  })
  const onReasoningField = (name: ReasoningField) => {
    field = name
  }
  try {
    for await (const part of streamReply(request, controller.signal, { ...testing, onReasoningField })) {
      if (part.type === 'text-delta' || part.type === 'reasoning-delta') text += part.text
    }
  } catch (error) {
    // What has been said before a failure says enough; and an immediate end is an answer too.
    if (error instanceof ModelFailure && error.error.kind === 'empty') return trial()
    if (text === '' || signal.aborted) throw error
  } finally {
    cancelTimer()
    signal.removeEventListener('abort', abort)
  }
  if (signal.aborted) throw new ModelFailure({ kind: 'cut', detail: t('The test was stopped.') })
  if (text === '' && controller.signal.aborted) throw new ModelFailure({ kind: 'stalled', silentMs: limitMs })
  return trial()
}

function withoutPrefill(text: string): string {
  return text.startsWith(countingPrefill) ? text.slice(countingPrefill.length) : text
}

import { concatBytes, uint32Little } from '#lib/bytes.ts'
import { createRandom } from '#lib/random.ts'
import { byteCharacters } from './count-tokens.ts'

type Field = readonly [key: string, value: FieldValue]
type FieldValue =
  | string
  | { readonly uint: number }
  | { readonly float: number }
  | boolean
  | readonly string[]
  | { readonly ints: readonly number[] }

const width = 32
const headWidth = 16
const heads = 2
const innerWidth = 64
const layers = 2
const alignment = 32

/** Special tokens, which ChatML and HER are made of. */
const specials = ['<|endoftext|>', '<|im_start|>', '<|im_end|>']
const tags = ['system_thinking', 'role_thinking', 'role_action'].flatMap((tag) => [`<${tag}>`, `</${tag}>`])
/** Words beyond ASCII, as whole tokens: `café`, `夜`. */
const foreign = ['Ġcafé', 'Ġ夜']
  .map((word) => [...new TextEncoder().encode(word.slice(1))].map((byte) => byteCharacters[byte]).join(''))
  .map((word) => `Ġ${word}`)
/** Common ones, so that a prompt is not read letter by letter. */
const words =
  `the and of to a in is that it was for on are as with his they at be this have from or one had by but not what
all were we when your can said there use an each which she do how their if will up other about out many then them these so
some her would make like him into time has look two more write go see no way could people my than first been call who its
now find long down day did get come made may part over new sound take only little work know place years live me back give
most very after things our just name good sentence man think say great where help through much before line right too means
old any same tell boy follow came want show also around form three small set put end does another well large must big even
such because turn here why ask went read need land different home us move try kind hand picture again change off play spell
air away animal house point page letters mother answer found study still learn should world high every near between own
below country plants last school father keep tree never start city earth eyes light thought head under story saw left few
while along might close something seem next hard open example begin life always those both paper together got group often
run important until children side feet car mile night walk white sea began grow took river four carry state once book hear
stop without second later miss idea enough eat face watch far really almost let above girl sometimes mountains cut young
talk soon list song being leave family Sherlock Holmes Watson role thinking action system reply speaks thinks does`.split(
    /\s+/,
  )

export interface TinyModelOptions {
  readonly seed?: string
  readonly contextTokens?: number
  /** Fields that take the place of those of the same name, or come after them. */
  readonly fields?: readonly Field[]
}

/**
 * A model that is whole, tiny and random: Qwen3's architecture, two layers, a small vocabulary.
 * llama.cpp loads it and streams from it; what it says means nothing, and it does not stop by itself. The same seed gives the same bytes.
 */
export function tinyModel({
  seed = 'tiny',
  contextTokens = 16_384,
  fields = [],
}: TinyModelOptions = {}): Uint8Array<ArrayBuffer> {
  // No bytes beyond ASCII: what a random model makes of them is no UTF-8, and the engine gives up at that.
  const bytes = Array.from({ length: 128 }, (_, byte) => byteCharacters[byte] ?? '')
  const merged = words.flatMap((word) => mergesOf(`Ġ${word}`))
  const tokens = [
    ...new Set([...bytes, ...merged.map((pair) => pair.replace(' ', '')), ...foreign, ...tags, ...specials]),
  ]
  const types = tokens.map((token) => (specials.includes(token) ? 3 : tags.includes(token) ? 4 : 1))
  const endOfTurn = tokens.indexOf('<|im_end|>')
  const own: readonly Field[] = [
    ['general.architecture', 'qwen3'],
    ['general.name', 'Tiny random'],
    ['general.license', 'mit'],
    ['qwen3.context_length', { uint: contextTokens }],
    ['qwen3.embedding_length', { uint: width }],
    ['qwen3.block_count', { uint: layers }],
    ['qwen3.feed_forward_length', { uint: innerWidth }],
    ['qwen3.attention.head_count', { uint: heads }],
    ['qwen3.attention.head_count_kv', { uint: 1 }],
    ['qwen3.attention.key_length', { uint: headWidth }],
    ['qwen3.attention.value_length', { uint: headWidth }],
    ['qwen3.attention.layer_norm_rms_epsilon', { float: 1e-6 }],
    ['qwen3.rope.freq_base', { float: 1e6 }],
    ['tokenizer.ggml.model', 'gpt2'],
    ['tokenizer.ggml.pre', 'qwen2'],
    ['tokenizer.ggml.tokens', tokens],
    ['tokenizer.ggml.token_type', { ints: types }],
    ['tokenizer.ggml.merges', [...new Set(merged)]],
    ['tokenizer.ggml.eos_token_id', { uint: endOfTurn }],
    ['tokenizer.ggml.padding_token_id', { uint: tokens.indexOf('<|endoftext|>') }],
    ['tokenizer.ggml.add_bos_token', false],
    ['tokenizer.chat_template', chatTemplate],
  ]
  const given = new Map([...own, ...fields])
  return writeGguf([...given], tensorsOf(tokens.length), createRandom(seed))
}

interface Tensor {
  readonly name: string
  readonly shape: readonly number[]
}

function tensorsOf(vocabulary: number): readonly Tensor[] {
  const block = (index: number): readonly Tensor[] =>
    (
      [
        ['attn_norm', width],
        ['attn_q', width, heads * headWidth],
        ['attn_k', width, headWidth],
        ['attn_v', width, headWidth],
        ['attn_output', heads * headWidth, width],
        ['attn_q_norm', headWidth],
        ['attn_k_norm', headWidth],
        ['ffn_norm', width],
        ['ffn_gate', width, innerWidth],
        ['ffn_up', width, innerWidth],
        ['ffn_down', innerWidth, width],
      ] as const
    ).map(([name, ...shape]) => ({ name: `blk.${index}.${name}.weight`, shape }))
  return [
    { name: 'token_embd.weight', shape: [width, vocabulary] },
    { name: 'output.weight', shape: [width, vocabulary] },
    { name: 'output_norm.weight', shape: [width] },
    ...Array.from({ length: layers }, (_, index) => block(index)).flat(),
  ]
}

function writeGguf(
  fields: readonly Field[],
  tensors: readonly Tensor[],
  random: () => number,
): Uint8Array<ArrayBuffer> {
  let offset = 0
  const infos: Uint8Array[] = []
  const data: Uint8Array[] = []
  for (const { name, shape } of tensors) {
    const endless = ((shape[1] ?? 0) - specials.length) * width
    const count = shape.reduce((product, size) => product * size, 1)
    // Norms are near 1; the rest is small, so that numbers stay in bounds.
    const isNorm = shape.length === 1
    const numbers = Float32Array.from({ length: count }, () => (isNorm ? 1 : 0) + (random() - 0.5) * 0.5)
    // The first number of every state is large, and counts against the tokens that end a turn: it goes on and on.
    if (name === 'token_embd.weight') for (let at = 0; at < count; at += width) numbers[at] = 4
    if (name === 'output.weight') for (let at = 0; at < count; at += width) numbers[at] = at < endless ? 0 : -3
    const padded = new Uint8Array(Math.ceil(numbers.byteLength / alignment) * alignment)
    padded.set(new Uint8Array(numbers.buffer))
    infos.push(text(name), uint32Little(shape.length), ...shape.map(size), uint32Little(0), size(offset))
    data.push(padded)
    offset += padded.length
  }
  const head = concatBytes([
    new TextEncoder().encode('GGUF'),
    uint32Little(3),
    size(tensors.length),
    size(fields.length),
    ...fields.flatMap(([key, value]) => [text(key), fieldBytes(value)]),
    ...infos,
  ])
  const gap = new Uint8Array((alignment - (head.length % alignment)) % alignment)
  return concatBytes([head, gap, ...data])
}

function fieldBytes(value: FieldValue): Uint8Array {
  if (typeof value === 'string') return concatBytes([uint32Little(8), text(value)])
  if (typeof value === 'boolean') return concatBytes([uint32Little(7), Uint8Array.of(value ? 1 : 0)])
  if ('uint' in value) return concatBytes([uint32Little(4), uint32Little(value.uint)])
  if ('float' in value) return concatBytes([uint32Little(6), new Uint8Array(Float32Array.of(value.float).buffer)])
  if ('ints' in value) {
    return concatBytes([uint32Little(9), uint32Little(5), size(value.ints.length), ...value.ints.map(uint32Little)])
  }
  return concatBytes([uint32Little(9), uint32Little(8), size(value.length), ...value.map(text)])
}

function size(value: number): Uint8Array {
  return concatBytes([uint32Little(value), uint32Little(Math.floor(value / 4_294_967_296))])
}

function text(value: string): Uint8Array {
  const bytes = new TextEncoder().encode(value)
  return concatBytes([size(bytes.length), bytes])
}

/** The merges that make a word of its characters, from left to right. */
function mergesOf(word: string): string[] {
  return Array.from({ length: word.length - 1 }, (_, index) => `${word.slice(0, index + 1)} ${word[index + 1]}`)
}

const chatTemplate =
  "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}<|im_end|>\n{% endfor %}" +
  '{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}'

/**
 * Splits a text that is in lower case into sentences as nltk's Punkt does for English, up to its version 3.9. What Punkt
 * learned from newspapers is approximated here: its list of abbreviations by the commonest of them, and its table of
 * how often each word stands in capitals by one rule. In lower case Punkt takes whatever follows an abbreviation,
 * an ellipsis, an initial or a number for the same sentence; so do we.
 */
export function splitSentences(text: string): string[] {
  const sentences: string[] = []
  let realigned = 0
  const slices = [...slicesOf(text)]
  for (const [index, slice] of slices.entries()) {
    const start = slice.start + realigned
    const next = slices[index + 1]
    // What closes a quote or a bracket belongs to the sentence it stands behind.
    const closing = next && /^["')\]}]+?(?:\s+|(?=--)|$)/mu.exec(text.slice(next.start, next.end))
    if (next && closing) {
      sentences.push(text.slice(start, next.start + closing[0].trimEnd().length))
      realigned = closing[0].length
    } else {
      realigned = 0
      if (slice.end > start) sentences.push(text.slice(start, slice.end))
    }
  }
  return sentences
}

interface Slice {
  readonly start: number
  readonly end: number
}

/** A mark that may end a sentence, with what stands right behind it. */
interface Candidate {
  readonly start: number
  readonly end: number
  /** The blank and the word behind it, or the mark behind it. */
  readonly after: string
  /** Where the next word begins; undefined where a mark follows. */
  readonly nextWord: number | undefined
}

const nonWord = String.raw`[)";}\]*:@'({[!?]`
const multiMark = String.raw`(?:-{2,}|\.{2,}|(?:\.\s){2,}\.)`
const candidatePattern = new RegExp(String.raw`[.?!](?=(${nonWord}|\s+(\S+)))`, 'gu')
const wordPattern = new RegExp(
  String.raw`${multiMark}|(?=[^("\x60{[:;&#*@)}\]\-,])\S+?(?=\s|$|${nonWord}|${multiMark}|,(?=$|\s|${nonWord}|${multiMark}))|\S`,
  'gu',
)

function* slicesOf(text: string): Generator<Slice> {
  let start = 0
  for (const [candidate, context] of contextsOf(text)) {
    if (!hasBreak(context)) continue
    yield { start, end: candidate.end }
    start = candidate.nextWord ?? candidate.end
  }
  yield { start, end: text.trimEnd().length }
}

/** Each candidate with the word before it and what is behind it. Of several in one word only the last counts. */
function* contextsOf(text: string): Generator<[Candidate, string]> {
  let before: { readonly candidate: Candidate; readonly word: Slice } | undefined
  let from: Slice = { start: 0, end: 0 }
  for (const candidate of candidatesIn(text)) {
    const space = lastSpaceIn(text, from.end, candidate.start)
    // A blank at the very front counts as none, there as here.
    const word = { start: space > from.end ? space + 1 : from.start, end: candidate.start }
    if (before && from.end <= word.start) yield [before.candidate, contextOf(text, before)]
    before = { candidate, word }
    from = word
  }
  if (before) yield [before.candidate, contextOf(text, before)]
}

function contextOf(text: string, { candidate, word }: { readonly candidate: Candidate; readonly word: Slice }): string {
  return text.slice(word.start, candidate.end) + candidate.after
}

function* candidatesIn(text: string): Generator<Candidate> {
  for (const match of text.matchAll(candidatePattern)) {
    const [mark, after = '', word] = match
    const end = match.index + mark.length
    yield {
      start: match.index,
      end,
      after,
      nextWord: word === undefined ? undefined : end + after.length - word.length,
    }
  }
}

function lastSpaceIn(text: string, from: number, to: number): number {
  for (let at = to - 1; at >= from; at--) if (/\s/u.test(text[at] ?? '')) return at
  return -1
}

/** True where a sentence ends within the context and something follows. */
function hasBreak(context: string): boolean {
  const words = context.match(wordPattern) ?? []
  return words.some((word, index) => index < words.length - 1 && endsSentence(word, words[index + 1] ?? ''))
}

function endsSentence(word: string, next: string): boolean {
  if (word === '.' || word === '?' || word === '!') return true
  if (!word.endsWith('.') || word.endsWith('..')) return false
  const bare = word.slice(0, -1)
  if (abbreviations.has(bare) || abbreviations.has(bare.split('-').at(-1) ?? '')) return false
  const isInitial = /^[^\P{L}\d_]$/u.test(bare)
  const isNumber = /^-?[.,]?\d[\d,.-]*$/u.test(bare)
  const goesOn = /^\p{Ll}/u.test(next) || /^[;:,.!?]$/u.test(next)
  return !((isInitial || isNumber) && goesOn)
}

/** Abbreviations that Punkt knows of English, single letters and those of offices, places and months. */
const abbreviations: ReadonlySet<string> = new Set(
  (
    'mr mrs ms dr prof rev hon st sr jr gen col lt sgt capt maj adm cmdr gov sen rep messrs ' +
    'co corp inc ltd bros cos ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo ' +
    'neb nev okla ore pa penn tenn tex va vt wash wis wyo jan feb aug sept oct nov dec vs etc al ave e.g i.e ' +
    'a.m p.m u.s u.k u.n d.c n.y n.j n.c n.h s.c b.c a.d ph.d j.p s.p h.m c.v'
  ).split(' '),
)

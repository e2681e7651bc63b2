import { Scanner, type ScanSink } from './scan.ts'
import type { Stretch } from './stretch.ts'

/** Reads text that turned out to be planning: every tag in it is a mark that is left out. */
class PlanSink implements ScanSink {
  readonly ended = false
  readonly #plan: Stretch
  readonly #mark: (start: number, end: number) => void

  constructor(plan: Stretch, mark: (start: number, end: number) => void) {
    this.#plan = plan
    this.#mark = mark
  }

  text(piece: string, at: number): void {
    this.#plan.add(piece, at)
  }

  tag(_tag: unknown, at: number, end: number, afterPartial: boolean): boolean {
    if (!afterPartial) this.#mark(at, end)
    return !afterPartial
  }

  /** Only where a token means nothing, in what people type: any other text was read before, and was cut here. */
  token(): boolean {
    return false
  }
}

/** Adds `text`, which stands at offset `at`, to `plan`; `mark` is told of the tags that are left out. */
export function absorb(plan: Stretch, text: string, at: number, mark: (start: number, end: number) => void): void {
  const scanner = new Scanner(new PlanSink(plan, mark), at)
  scanner.push(text)
  scanner.finish()
}

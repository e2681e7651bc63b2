/** What can go wrong with the engine in the page. */
export type LlamaProblem =
  /** The browser did not let the worker or its code start. */
  | 'refused'
  /** The weights or the context do not fit into the memory that there is. */
  | 'memory'
  /** The engine can't read these weights. */
  | 'unfit'
  /** The weights file could not be read from the disk. */
  | 'unreadable'
  /** It understood the request and refused it. */
  | 'asked-wrong'
  /** It broke in the middle. */
  | 'crashed'
  /** It was ended on purpose. */
  | 'unloaded'
  /** There are no weights of that name. */
  | 'gone'

export class LlamaFailure extends Error {
  readonly problem: LlamaProblem
  constructor(problem: LlamaProblem, detail: string) {
    super(detail)
    this.name = 'LlamaFailure'
    this.problem = problem
  }
}

import type { PromptForm } from './form.ts'
import type { HistoryPolicy } from './history-policy.ts'

/** How prompts for a connection are made, where that differs from HER's own way. */
export interface PromptSettings {
  /** `training` where absent. */
  readonly form?: PromptForm
  /** `herHistory` where absent. */
  readonly history?: HistoryPolicy
  /** Planning that grows past so many tokens is closed, so that it can't starve the reply. Absent, it may take all. */
  readonly planningTokens?: number
  /** A turn goes on though the model speaks for others: nothing is stopped at their names, and nothing is cut there. */
  readonly keepsOthers?: true
}

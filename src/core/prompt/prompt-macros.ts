import type { MacroValues } from '#core/cards/macros.ts'

/** What macros of a card stand for beside names. */
export type PromptMacros = Pick<MacroValues, 'chance' | 'now' | 'outlets'>

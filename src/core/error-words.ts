import { sentences } from '#lib/sentences.ts'
import { t } from '#lib/translate.ts'
import type { ModelError } from './model-error.ts'

/** Title, sentence and remedy for what goes wrong with a model in the page. */
export const inPageWords = {
  gone: [
    t('The model’s file is not here'),
    t('Its weights are not in this browser.'),
    t('Get or choose them in Connections.'),
  ],
  memory: [
    t('Not enough memory'),
    t('The model does not fit.'),
    t('Lower its context, close other tabs, or take a smaller one.'),
  ],
  unfit: [
    t('The model can’t be loaded'),
    t('The engine in this page can’t use its file.'),
    t('Take another file or model.'),
  ],
  refused: [
    t('The engine can’t start'),
    t('This browser does not run it.'),
    t('Use a current Chrome, Edge or Firefox.'),
  ],
  broken: [t('The engine stopped'), t('The engine in this page broke off.'), t('Try again: it is loaded anew.')],
} as const

/** What a request held that its character can’t know. */
export function foreign({ thoughts, lines }: { readonly thoughts: number; readonly lines: number }): string {
  if (lines === 0)
    return t(
      'It held {thoughts, plural, one {# thought} other {# thoughts}} that are not this character’s to know. Nothing has left this page.',
      { thoughts },
    )
  if (thoughts === 0)
    return t(
      'It held {lines, plural, one {# line} other {# lines}} that are not this character’s to know. Nothing has left this page.',
      { lines },
    )
  return t(
    'It held {thoughts, plural, one {# thought} other {# thoughts}} and {lines, plural, one {# line} other {# lines}} that are not this character’s to know. Nothing has left this page.',
    { thoughts, lines },
  )
}

/** Why a prompt does not fit, with the counts that are known. */
export function contextSentence(error: Extract<ModelError, { kind: 'context-too-long' }>): string {
  const { promptTokens, contextTokens } = error
  if (promptTokens !== undefined && contextTokens !== undefined) {
    return t(
      'The prompt takes {promptTokens} tokens, and the server reads at most {contextTokens}, the reply included.',
      { promptTokens, contextTokens },
    )
  }
  if (contextTokens !== undefined)
    return t('The prompt and the reply do not fit into the server’s {contextTokens} tokens.', { contextTokens })
  return sentences(t('The prompt and the reply do not fit into the server’s context.'), quote(error.detail))
}

/** What a server said, as a sentence of ours. */
export function quote(detail: string | undefined): string | undefined {
  return detail ? t('It said: “{detail}”', { detail: shorten(detail) }) : undefined
}

/** Enough of a text to know it by. */
export function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

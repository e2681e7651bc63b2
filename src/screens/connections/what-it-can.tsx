import { type Connection, canContinue } from '#core/connection.ts'
import { locale, t } from '#lib/translate.ts'

const hundredths = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 })

/** What a server was found to do, in words. */
export function WhatItCan({ connection }: { readonly connection: Connection }) {
  const { capabilities, transport, tokenFactor } = connection
  const facts = [
    capabilities.speaksHer
      ? t('Replies in HER’s four layers.')
      : t('Did not reply in HER’s layers when it was tested. Its replies are shown as they come.'),
    canContinue(connection)
      ? transport === 'completions'
        ? t('Can go on from given words, through raw completions: Continue and Steer work.')
        : t('Can go on from given words: Continue and Steer work.')
      : t('Can’t go on from given words: Continue and Steer begin a new take instead.'),
    capabilities.contextTokens
      ? t('Reads up to {tokens, plural, one {# token} other {# tokens}}.', { tokens: capabilities.contextTokens })
      : t('Does not say how much it reads; {tokens, plural, one {# token is} other {# tokens are}} assumed.', {
          tokens: 8192,
        }),
    tokenFactor !== undefined &&
      t('Its tokens, as its replies taught: {factor} for each that is estimated here.', {
        factor: hundredths.format(tokenFactor),
      }),
    capabilities.reasoningField && t('Sends planning apart, as {field}.', { field: capabilities.reasoningField }),
  ].filter((fact) => typeof fact === 'string')
  return (
    <ul className="mt-1 list-inside list-disc text-soft text-xs leading-relaxed">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  )
}

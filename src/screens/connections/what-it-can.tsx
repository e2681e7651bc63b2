import { type Connection, canContinue } from '#core/connection.ts'

/** What a server was found to do, in words. */
export function WhatItCan({ connection }: { readonly connection: Connection }) {
  const { capabilities, transport, tokenFactor } = connection
  const facts = [
    capabilities.speaksHer
      ? 'Replies in HER’s four layers.'
      : 'Did not reply in HER’s layers when it was tested. Its replies are shown as they come.',
    canContinue(connection)
      ? `Can go on from given words${transport === 'completions' ? ', through raw completions' : ''}: Continue and Steer work.`
      : 'Can’t go on from given words: Continue and Steer begin a new take instead.',
    capabilities.contextTokens
      ? `Reads up to ${capabilities.contextTokens.toLocaleString()} tokens.`
      : 'Does not say how much it reads; 8,192 tokens are assumed.',
    tokenFactor !== undefined &&
      `Its tokens, as its replies taught: ${tokenFactor.toFixed(2)} for each that is estimated here.`,
    capabilities.reasoningField && `Sends planning apart, as ${capabilities.reasoningField}.`,
  ].filter((fact) => typeof fact === 'string')
  return (
    <ul className="mt-1 list-inside list-disc text-soft text-xs leading-relaxed">
      {facts.map((fact) => (
        <li key={fact}>{fact}</li>
      ))}
    </ul>
  )
}

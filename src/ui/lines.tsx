import { Fragment } from 'react'

/** Text in which a line break is a line break. */
export function Lines({ text }: { readonly text: string }) {
  const lines = text.split('\n')
  if (lines.length === 1) return text
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never move
    <Fragment key={index}>
      {index > 0 && <br />}
      {line}
    </Fragment>
  ))
}

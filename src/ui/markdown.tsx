import { memo, type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react'
import { Lines } from './lines.tsx'

interface Props {
  readonly text: string
}

/**
 * Text with markdown emphasis, as React nodes; never as markup. Blocks are memoised by their source: while a text
 * grows only its last block is read again.
 */
export function Markdown({ text }: Props) {
  const blocks = useMemo(() => splitBlocks(text), [text])
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end, their place is what they are
    <Block key={index} source={block} />
  ))
}

/** Cuts a text at its blank lines. */
function splitBlocks(text: string): string[] {
  return text.split(/\n{2,}/).filter((block) => block.trim() !== '')
}

/** Without one of these a block is plain text to the reader of markdown as well. */
const marks = /[*_`[\]\\>]/

const Block = memo(function Block({ source }: { readonly source: string }) {
  return marks.test(source) ? <MarkedBlock source={source} /> : <PlainBlock source={source} />
})

function PlainBlock({ source }: { readonly source: string }) {
  return (
    <p>
      <Lines text={source.replace(/^[ \t]+|[ \t]+$/gm, '')} />
    </p>
  )
}

/** Most text has no marks in it, so the reader of markdown comes with the first that has; until then they are shown. */
function MarkedBlock({ source }: { readonly source: string }) {
  const render = useSyncExternalStore(onReaderLoad, () => reader.render)
  useEffect(loadReader, [])
  return useMemo(() => (render ? render(source) : <PlainBlock source={source} />), [render, source])
}

const reader: {
  render: ((source: string) => ReactNode) | undefined
  isAsked: boolean
  readonly waiting: Set<() => void>
} = {
  render: undefined,
  isAsked: false,
  waiting: new Set(),
}

function onReaderLoad(callback: () => void): () => void {
  reader.waiting.add(callback)
  return () => reader.waiting.delete(callback)
}

function loadReader(): void {
  if (reader.isAsked) return
  reader.isAsked = true
  import('./markdown-block.tsx').then(
    ({ renderMarkdown }) => {
      reader.render = renderMarkdown
      for (const callback of [...reader.waiting]) callback()
    },
    // The server of the page is gone for now: the text is legible with its marks, and the next block asks again.
    () => {
      reader.isAsked = false
    },
  )
}

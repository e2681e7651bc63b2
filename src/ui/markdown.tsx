import { memo, type ReactNode, useEffect, useMemo, useSyncExternalStore } from 'react'
import { MarkedText, type Marks } from './marked-text.tsx'

interface Props {
  readonly text: string
  readonly marks?: Marks | undefined
}

/**
 * Text with markdown emphasis, as React nodes; never as markup. Blocks are memoised by their source: while a text
 * grows only its last block is read again.
 */
export function Markdown({ text, marks }: Props) {
  const blocks = useMemo(() => splitBlocks(text), [text])
  const marksByBlock = useMemo(() => marks && shareMarks(blocks, marks), [blocks, marks])
  return blocks.map((block, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end, their place is what they are
    <Block key={index} source={block} marks={marksByBlock?.[index]} />
  ))
}

/** Counts each block's marks from its own beginning. */
function shareMarks(blocks: readonly string[], { rangesOf, current }: Marks): readonly Marks[] {
  let before = 0
  return blocks.map((block) => {
    const share = { rangesOf, current: current === undefined ? undefined : current - before }
    before += rangesOf(plainText(block)).length
    return share
  })
}

/** What a reader sees of a text, near enough to count in it. */
export function plainText(source: string): string {
  return source.replace(/[*_`]/g, '')
}

/** Cuts a text at its blank lines. */
function splitBlocks(text: string): string[] {
  return text.split(/\n{2,}/).filter((block) => block.trim() !== '')
}

/** Without one of these a block is plain text to the reader of markdown as well. */
const syntax = /[*_`[\]\\>]/

const Block = memo(function Block({ source, marks }: BlockProps) {
  return syntax.test(source) ? (
    <RichBlock source={source} marks={marks} />
  ) : (
    <PlainBlock source={source} marks={marks} />
  )
})

interface BlockProps {
  readonly source: string
  readonly marks: Marks | undefined
}

function PlainBlock({ source, marks }: BlockProps) {
  return (
    <p>
      <MarkedText text={source.replace(/^[ \t]+|[ \t]+$/gm, '')} marks={marks} />
    </p>
  )
}

/** Most text has no marks in it, so the reader of markdown comes with the first that has; until then they are shown. */
function RichBlock({ source, marks }: BlockProps) {
  const render = useSyncExternalStore(onReaderLoad, () => reader.render)
  useEffect(loadReader, [])
  return useMemo(
    () => (render ? render(source, marks) : <PlainBlock source={source} marks={marks} />),
    [render, source, marks],
  )
}

const reader: {
  render: ((source: string, marks: Marks | undefined) => ReactNode) | undefined
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

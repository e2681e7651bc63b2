import type { Nodes, PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { Fragment, memo, type ReactNode, useMemo } from 'react'

/**
 * Prose is not a document: indented lines are no code, `text` over `---` no heading, and HTML is text. Images and
 * definitions are off, so that no address in a text can load by itself.
 */
const proseOnly = {
  extensions: [
    {
      disable: {
        null: [
          'codeIndented',
          'setextUnderline',
          'htmlFlow',
          'htmlText',
          'definition',
          'labelStartImage',
          'headingAtx',
          'thematicBreak',
          'codeFenced',
          'list',
          'autolink',
          'characterReference',
        ],
      },
    },
  ],
}

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

const Block = memo(function Block({ source }: { readonly source: string }) {
  return fromMarkdown(source, proseOnly).children.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of one source never move
    <Fragment key={index}>{renderBlock(node)}</Fragment>
  ))
})

function renderBlock(node: RootContent): ReactNode {
  switch (node.type) {
    case 'paragraph':
      return <p>{renderAll(node.children)}</p>
    case 'blockquote':
      return (
        <blockquote className="border-l-2 border-line pl-4">
          {node.children.map((child, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of one source never move
            <Fragment key={index}>{renderBlock(child)}</Fragment>
          ))}
        </blockquote>
      )
    default:
      return <p>{textOf(node)}</p>
  }
}

function renderAll(nodes: readonly PhrasingContent[]): ReactNode {
  return nodes.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of one source never move
    <Fragment key={index}>{renderInline(node)}</Fragment>
  ))
}

function renderInline(node: PhrasingContent): ReactNode {
  switch (node.type) {
    case 'text':
      return withBreaks(node.value)
    case 'emphasis':
      return <em>{renderAll(node.children)}</em>
    case 'strong':
      return <strong>{renderAll(node.children)}</strong>
    case 'inlineCode':
      return <code>{node.value}</code>
    case 'break':
      return <br />
    // A link is shown as what it says and where it leads, and leads nowhere by itself.
    case 'link':
      return (
        <>
          {renderAll(node.children)}
          {node.url !== textOf(node) && <span className="text-faint"> ({node.url})</span>}
        </>
      )
    default:
      return textOf(node)
  }
}

/** A single line break in a story is a line break. */
function withBreaks(value: string): ReactNode {
  const lines = value.split('\n')
  if (lines.length === 1) return value
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one source never move
    <Fragment key={index}>
      {index > 0 && <br />}
      {line}
    </Fragment>
  ))
}

function textOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

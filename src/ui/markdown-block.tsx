import type { Nodes } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { Fragment, type ReactNode } from 'react'
import { Lines } from './lines.tsx'
import { type FindRanges, type Marks, markRanges } from './marked-text.tsx'

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

/** A block of markdown, without blank lines in it, as React nodes. */
export function renderMarkdown(source: string, marks?: Marks): ReactNode {
  const root = fromMarkdown(source, proseOnly)
  return createRenderer(marks && { ...marks, ranges: marks.rangesOf(textOf(root)) }).all(root.children)
}

/** Renders the nodes of one source, in order: a mark may begin in one and end in the next. */
function createRenderer(marks: (Marks & { readonly ranges: ReturnType<FindRanges> }) | undefined) {
  /** How much of the whole text was rendered. */
  let offset = 0

  function all(nodes: readonly Nodes[]): ReactNode {
    return nodes.map((node, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of one source never move
      <Fragment key={index}>{one(node)}</Fragment>
    ))
  }

  function plain(text: string): ReactNode {
    const start = offset
    offset += text.length
    return marks ? markRanges(text, marks.ranges, start, marks.current) : <Lines text={text} />
  }

  function one(node: Nodes): ReactNode {
    switch (node.type) {
      case 'paragraph':
        return <p>{all(node.children)}</p>
      case 'blockquote':
        return <blockquote className="border-s-2 border-line ps-4">{all(node.children)}</blockquote>
      case 'text':
        return plain(node.value)
      case 'emphasis':
        return <em>{all(node.children)}</em>
      case 'strong':
        return <strong>{all(node.children)}</strong>
      case 'inlineCode':
        return <code>{plain(node.value)}</code>
      case 'break':
        return <br />
      // A link is shown as what it says and where it leads, and leads nowhere by itself.
      case 'link':
        return (
          <>
            {all(node.children)}
            {node.url !== textOf(node) && <span className="text-faint"> ({node.url})</span>}
          </>
        )
      default:
        return isBlock(node) ? <p>{plain(textOf(node))}</p> : plain(textOf(node))
    }
  }

  return { all }
}

function isBlock(node: Nodes): boolean {
  return node.type === 'heading' || node.type === 'list' || node.type === 'code' || node.type === 'html'
}

function textOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

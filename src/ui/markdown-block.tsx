import type { Nodes, PhrasingContent, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { Fragment, type ReactNode } from 'react'
import { Lines } from './lines.tsx'

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
export function renderMarkdown(source: string): ReactNode {
  return fromMarkdown(source, proseOnly).children.map((node, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the nodes of one source never move
    <Fragment key={index}>{renderBlock(node)}</Fragment>
  ))
}

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
      return <Lines text={node.value} />
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

function textOf(node: Nodes): string {
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}

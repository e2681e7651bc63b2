import type { Layer } from './segment.ts'
import { closingTag, openingTag } from './tags.ts'

/**
 * A grammar (GBNF, llama.cpp's) of what may follow `begun` in a reply in HER's shape: planning, once and first; then
 * thoughts, actions and speech as they come, each tag closed before the next, and at least one of them. For models that
 * were not tuned to it.
 */
export function shapeGrammar(begun: string): string {
  const open = openLayer(begun)
  const root =
    open === 'system_thinking'
      ? `text ${close(open)} reply`
      : open !== undefined
        ? `text ${close(open)} piece*`
        : begun.trim() === ''
          ? `${whole('system_thinking')} reply`
          : 'piece*'
  return [
    `root ::= ${root}`,
    'reply ::= ws piece+',
    'piece ::= thought | action | speech',
    `thought ::= ${whole('role_thinking')} ws`,
    `action ::= ${whole('role_action')} ws`,
    // What is said does not begin with a blank, so that there is one way alone to read a blank between two tags.
    'speech ::= [^<\\t\\n ] text',
    'text ::= (char char*)?',
    // A bare "<" is a character too, unless a tag could begin with it.
    'char ::= [^<] | "<" [^/a-zA-Z<]',
    'ws ::= [ \\n]*',
  ].join('\n')
}

function whole(layer: Layer): string {
  return `"${openingTag(layer)}" text ${close(layer)}`
}

function close(layer: Layer): string {
  return `"${closingTag(layer)}"`
}

/** The layer whose tag is open at the end of a text. */
function openLayer(begun: string): Layer | undefined {
  const layers = ['system_thinking', 'role_thinking', 'role_action'] as const
  return layers.find((layer) => begun.lastIndexOf(openingTag(layer)) > begun.lastIndexOf(closingTag(layer)))
}

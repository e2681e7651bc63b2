import { expect, test } from 'vitest'
import { shapeGrammar } from './shape-grammar.ts'

test.each([
  ['', 'root ::= "<system_thinking>" text "</system_thinking>" reply'],
  ['<system_thinking>', 'root ::= text "</system_thinking>" reply'],
  ['<system_thinking>So.</system_thinking>Mara: <role_action>wai', 'root ::= text "</role_action>" piece*'],
  ['<system_thinking>So.</system_thinking>Mara: Aye', 'root ::= piece*'],
])('goes on from %j', (begun, root) => {
  expect(shapeGrammar(begun).split('\n')[0]).toBe(root)
})

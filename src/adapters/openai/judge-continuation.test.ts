import { describe, expect, test } from 'vitest'
import { countingPrefill, judgeContinuation, showsHer } from './judge-continuation.ts'

describe('judgeContinuation', () => {
  test.each([
    [' four. She should smile.</system_thinking>', 'continued'],
    ['four', 'continued'],
    [' and then the wind takes one.</system_thinking>', 'continued'],
    [', then four</think>', 'continued'],
    ['Three lanterns remain.</system_thinking><role_action>', 'continued'],
    [`${countingPrefill} four`, 'echoed'],
    [countingPrefill, 'echoed'],
    ['<system_thinking>Anna counts.</system_thinking>', 'restarted'],
    ['\n<role_action>smiles</role_action>', 'restarted'],
    ['<think>\nOkay', 'restarted'],
    ['Anna: Good evening.', 'restarted'],
    ['Good evening, Tom.', 'restarted'],
    ['*smiles* "Four."', 'restarted'],
    ['“Four.”', 'restarted'],
    ['四', 'restarted'],
    ['', 'unclear'],
    ['  \n', 'unclear'],
  ])('%j is %s', (text, verdict) => {
    expect(judgeContinuation(text)).toBe(verdict)
  })
})

test('showsHer looks for marks that the prefill did not set', () => {
  expect(showsHer(' four.</system_thinking>')).toBe(true)
  expect(showsHer('<Role Action>nods</Role Action>')).toBe(true)
  expect(showsHer('<role_thinking>')).toBe(true)
  expect(showsHer('<system_thinking>Anna counts')).toBe(true)
  expect(showsHer(' four. She nods.')).toBe(false)
  expect(showsHer('<think>hm</think> Hello')).toBe(false)
})

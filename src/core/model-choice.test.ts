import { expect, test } from 'vitest'
import { type Connection, herEvaluationSampling } from './connection.ts'
import { demoConnection } from './demo-connection.ts'
import type { ConnectionId } from './ids.ts'
import { bindConnection } from './model-choice.ts'

const named = (name: string): Connection => ({ ...demoConnection, id: name as ConnectionId, name })
const there = [named('one'), named('two')]
const inUse = named('used')
const find = (id: ConnectionId) => there.find((one) => one.id === id)
const to = (name: string) => ({ connectionId: name as ConnectionId })

test('the chat’s choice comes before the character’s, and that before the connection in use', () => {
  expect(bindConnection({}, find, inUse)).toEqual({ connection: inUse, chosenIn: 'everywhere' })
  expect(bindConnection({ character: to('one') }, find, inUse)).toEqual({ connection: there[0], chosenIn: 'character' })
  expect(bindConnection({ chat: to('two'), character: to('one') }, find, inUse)).toEqual({
    connection: there[1],
    chosenIn: 'chat',
  })
  // Said of a chat: as in every chat, whatever the character has of its own.
  expect(bindConnection({ chat: {}, character: to('one') }, find, inUse)).toEqual({
    connection: inUse,
    chosenIn: 'chat',
  })
})

test('what is gone is passed over, and said', () => {
  expect(bindConnection({ chat: to('gone'), character: to('one') }, find, inUse)).toEqual({
    connection: there[0],
    chosenIn: 'character',
    isLost: true,
  })
  expect(bindConnection({ character: to('gone') }, find, inUse)).toMatchObject({ connection: inUse, isLost: true })
})

test('a preset samples the connection it was chosen with, or the one in use, and no other', () => {
  const preset = 'her-evaluation' as const
  expect(bindConnection({ chat: { ...to('one'), preset } }, find, inUse).connection).toEqual({
    ...there[0],
    sampling: herEvaluationSampling,
  })
  expect(bindConnection({ character: { preset } }, find, inUse).connection).toEqual({
    ...inUse,
    sampling: herEvaluationSampling,
  })
  expect(bindConnection({ chat: { ...to('gone'), preset } }, find, inUse).connection).toEqual(inUse)
})

import { expect, test } from 'vitest'
import { ModelFailure } from '#ports/model.ts'
import { annaId, end, type Script, setupChat, text } from './chat.test-kit.ts'

const plan = text('She listens.</system_thinking>')
const never = new Promise<never>(() => {})
const tick = () => new Promise((resolve) => setTimeout(resolve, 5))

async function setupAhead(...scripts: Script[]) {
  const set = await setupChat([[plan, text('First.'), end()], ...scripts], {
    connection: { kind: 'vllm', makesAhead: true },
    isBusyBetween: true,
  })
  const id = await set.chat.begin(annaId, { kind: 'greetings', greetings: ['Yes?'], chosen: 0 })
  await set.chat.send(id, 'Hello')
  await set.quiet(id)
  await tick()
  const last = async () => {
    const turn = (await set.shown(id)).at(-1)
    if (!turn) throw new Error('There is no turn')
    return turn
  }
  const again = async () => set.chat.again(id, (await last()).id)
  return { ...set, id, last, again, ahead: () => set.background.getState().takeAhead }
}

test('another take is made after a reply, is in no row, and is there at once when it is asked for', async () => {
  const set = await setupAhead([plan, text('Second.'), end()], [plan, text('Third.'), end()])
  const { id, requests, storage, shown, last, again, ahead, quiet } = set
  expect(requests).toHaveLength(2)
  expect(requests[1]).toEqual(requests[0])
  expect(ahead()).toEqual({ conversationId: id, turnId: (await last()).id, phase: 'ready' })
  expect(JSON.stringify(await storage.turnsBefore(id, undefined, 100))).not.toContain('Second.')
  await again()
  await quiet(id)
  expect(await last()).toMatchObject({
    raw: '<system_thinking>She listens.</system_thinking>Second.',
    ending: 'complete',
    making: { madeAhead: true },
  })
  expect((await last()).making).not.toHaveProperty('firstByteMs')
  expect(await shown(id)).toHaveLength(3)
  await tick()
  // It was no request of its own; the one after it is the next take ahead.
  expect(requests).toHaveLength(3)
  expect(ahead()).toMatchObject({ turnId: (await last()).id, phase: 'ready' })
})

test('one that is still coming streams on', async () => {
  let goOn = () => {}
  const more = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const { id, ahead, again, chat, last, quiet, requests } = await setupAhead([
    plan,
    text('Sec'),
    more,
    text('ond.'),
    end(),
  ])
  expect(ahead()?.phase).toBe('coming')
  await again()
  await tick()
  expect(chat.runs.getState().byConversation.get(id)).toMatchObject({ phase: 'streaming' })
  goOn()
  await quiet(id)
  expect((await last()).raw).toContain('Second.')
  expect(requests[2]).toEqual(requests[0])
})

test('it is stopped like any reply', async () => {
  const { id, again, chat, last, quiet } = await setupAhead([plan, text('Sec'), never])
  await again()
  await tick()
  chat.stop(id)
  await quiet(id)
  expect(await last()).toMatchObject({ ending: 'stopped', raw: '<system_thinking>She listens.</system_thinking>Sec' })
})

test('a message gives it up, and waits for nothing', async () => {
  const { id, chat, ahead, last, quiet, requests } = await setupAhead(
    [plan, text('Sec'), never],
    [plan, text('An answer.'), end()],
  )
  await chat.send(id, 'And?')
  expect(ahead()).toBeUndefined()
  await quiet(id)
  expect((await last()).raw).toContain('An answer.')
  expect(JSON.stringify(requests)).not.toContain('Sec')
})

test('what it follows from has changed: it is given up, and made again when it is asked for', async () => {
  const { id, chat, ahead, again, last, quiet } = await setupAhead(
    [plan, text('Second.'), end()],
    [plan, text('It rains.'), end()],
  )
  await chat.direct(id, { text: 'Let it rain.', depth: 0, lasts: 'standing' })
  expect(ahead()).toBeUndefined()
  await again()
  await quiet(id)
  expect((await last()).raw).toContain('It rains.')
  expect((await last()).making).not.toHaveProperty('madeAhead')
})

test('one that fails is told to nobody', async () => {
  const { id, ahead, again, last, quiet } = await setupAhead(
    [text('Sec'), new ModelFailure({ kind: 'empty' })],
    [plan, text('Second.'), end()],
  )
  expect(ahead()).toBeUndefined()
  await again()
  await quiet(id)
  expect(await last()).toMatchObject({ ending: 'complete' })
})

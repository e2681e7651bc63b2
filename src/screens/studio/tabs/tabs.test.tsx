import { describe, expect, test } from 'vitest'
import { page } from 'vitest/browser'
import { createCard } from '#core/cards/create-card.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { annaId, end, text } from '#engine/chat.test-kit.ts'
import { ModelFailure } from '#ports/model.ts'
import { BenchTab } from './bench-tab.tsx'
import { HelpTab } from './help-tab.tsx'
import { LintTab } from './lint-tab.tsx'
import { setupTab } from './tabs.test-kit.tsx'
import { XrayTab } from './xray-tab.tsx'

const button = (name: string | RegExp) => page.getByRole('button', { name })

const card = createCard({
  name: 'Anna',
  description:
    'The user pays {char} for the ferry. She hoards unopened letters under the floorboards. She sleeps badly.',
  greetings: ['*She does not look up from the rope.* "You are late. The river is not."\n{{user}}: Sorry.'],
})

describe('advice', () => {
  test('is grouped, shows a change before it is made, and changes that alone', async () => {
    const { open, card: current } = await setupTab(LintTab, card)
    open()
    await expect.element(page.getByRole('heading', { name: 'Greeting' })).toBeVisible()
    await button(/Mend the braces/).click()
    expect(viewCard(current()).description).toContain('{char}')
    await expect.element(page.getByRole('region', { name: /Mend the braces/ })).toHaveTextContent('{{char}}')
    await button('Make this change').click()
    expect(viewCard(current())).toEqual({
      ...viewCard(card),
      description: viewCard(card).description.replace('{char}', '{{char}}'),
    })
    await expect.element(button(/Mend the braces/)).not.toBeInTheDocument()
  })

  test('about what is not there leads to where it can be written', async () => {
    const advice = await setupTab(LintTab, card)
    const { close } = advice.open()
    const link = page.getByRole('region', { name: 'Example dialogue' }).getByRole('link', { name: 'Have it written…' })
    await expect.element(link).toHaveAttribute('href', `/characters/${annaId}/edit/help?field=examples`)
    close()
    const before = location.href
    history.replaceState(null, '', '?field=examples')
    const help = await setupTab(HelpTab, card, [])
    help.open()
    await expect.element(page.getByLabelText('Field')).toHaveValue('examples')
    history.replaceState(null, '', before)
  })

  test('that is not for this card stays hidden until it is wanted again', async () => {
    const { open } = await setupTab(LintTab, card)
    const first = open()
    const places = page.getByRole('region', { name: 'Example dialogue' })
    await places.getByRole('button', { name: 'Not for this card' }).click()
    await expect.element(places).not.toBeInTheDocument()
    first.close()
    open()
    await expect.element(page.getByText('One piece of advice is hidden')).toBeVisible()
    await button('Show again').click()
    await expect.element(places).toBeVisible()
  })
})

describe('the x-ray', () => {
  test('says which lines plans rest on, of all chats or one, and which they never do', async () => {
    const { open, chat, quiet } = await setupTab(XrayTab, card, [
      [text('Let her glance at the floorboards: the letters, unopened.</system_thinking>No.'), end()],
      [text('Nothing special.</system_thinking>Yes.'), end()],
    ])
    for (const words of ['What is down there?', 'Hm.']) {
      const id = await chat.begin(annaId, { kind: 'blank' })
      await chat.send(id, words)
      await quiet(id)
    }
    open()
    await expect.element(page.getByText(/In 2 replies, the planning never rested on 2 of 3 lines/)).toBeVisible()
    await page.getByText('in 1 reply').click()
    await expect.element(page.getByText('Let her glance at the floorboards: the letters, unopened.')).toBeVisible()
    await page.getByLabelText('Lines').selectOptions('Those never used')
    await expect.element(page.getByText('She sleeps badly.')).toBeVisible()
    await expect.element(page.getByText('in 1 reply')).not.toBeInTheDocument()
  })

  test('without a chat says what it waits for', async () => {
    const { open } = await setupTab(XrayTab, card)
    open()
    await expect.element(page.getByText(/No chat with this character yet/)).toBeVisible()
  })
})

const reply = (words: string) => [text(`Be dry.</system_thinking>Anna: <role_action>nods</role_action>${words}`), end()]

describe('the test bench', () => {
  test('tries three openings and one’s own, keeps the run before, and can be stopped', async () => {
    const scripts = [
      ...['One.', 'Two.', 'Three.', 'Four.', 'Five.'].map(reply),
      [text('Sixth</system_thinking>Halfway'), new Promise(() => {})],
    ]
    const { open, requests } = await setupTab(BenchTab, card, scripts)
    open()
    await page.getByLabelText('An opening of your own').fill('*waves* Ahoy!')
    await button('Try the card').click()
    await expect.element(page.getByText('Four.')).toBeVisible()
    expect(JSON.stringify(requests[3]?.messages)).toContain('Ahoy!')
    await expect.element(page.getByText(/tokens in/).first()).toBeVisible()
    await button('Run again').click()
    await expect.element(page.getByText('Halfway')).toBeVisible()
    const voice = page.getByRole('region', { name: 'Voice' })
    await expect.element(voice.getByRole('article', { name: 'This run' })).toHaveTextContent('Five.')
    await expect.element(voice.getByRole('article', { name: 'The run before' })).toHaveTextContent('One.')
    await button('Stop').click()
    await expect.element(page.getByText('Stopped.')).toBeVisible()
    await expect.element(button('Run again')).toBeVisible()
  })

  test('with the demo says that it needs a model', async () => {
    const { open } = await setupTab(BenchTab, card)
    open()
    await expect.element(page.getByRole('link', { name: 'Connections' })).toHaveAttribute('href', '/connections')
  })
})

describe('help', () => {
  test('fills a field: nothing changes before it is taken, and then that field alone', async () => {
    const { open, card: current } = await setupTab(HelpTab, card, [
      [text('<think>Short.</think>===Personality===\nDry and patient.'), end()],
    ])
    open()
    await page.getByLabelText('Field').selectOptions('Personality (empty)')
    await button('Propose a text').click()
    await expect
      .element(page.getByRole('region', { name: 'Personality: what would change' }))
      .toHaveTextContent('Dry and patient.')
    expect(current()).toBe(card)
    await button('Take it').click()
    await expect.element(page.getByText('Personality: as proposed.')).toBeVisible()
    expect(viewCard(current())).toEqual({ ...viewCard(card), personality: 'Dry and patient.' })
  })

  test('interviews, and works the answers in, field by field', async () => {
    const {
      open,
      card: current,
      requests,
    } = await setupTab(HelpTab, card, [
      [text('1. What does she owe?\n2. Who taught her?\n3. What does she fear?'), end()],
      [text('===Motivation===\nTo owe nothing.\n\n===Scenario===\nDusk.'), end()],
    ])
    open()
    await button('Interview me').click()
    await button('Ask me three questions').click()
    await page.getByLabelText('What does she owe?').fill('A boat.')
    await button('Work my answers in').click()
    const motivation = page.getByRole('region', { name: 'Motivation', exact: true })
    await motivation.getByRole('button', { name: 'Take it' }).click()
    const scenario = page.getByRole('region', { name: 'Scenario', exact: true })
    await scenario.getByRole('button', { name: 'Leave it' }).click()
    await expect.element(page.getByText('Scenario: left as it is.')).toBeVisible()
    expect(viewCard(current())).toEqual({ ...viewCard(card), her: { motivation: 'To owe nothing.' } })
    expect(requests[1]?.messages[1]?.content).toContain('Answer: A boat.')
  })

  test('makes a card of prose; an answer of no use is said to be so, and shown', async () => {
    const { open, card: current } = await setupTab(HelpTab, card, [
      [text('I would rather not.'), end()],
      [new ModelFailure({ kind: 'cut' })],
    ])
    open()
    await button('From a page of prose').click()
    await page.getByLabelText('A page of prose about the character').fill('Once there was a ferry.')
    await button('Propose a card').click()
    await expect.element(page.getByText(/no texts in it that could be told apart/)).toBeVisible()
    await expect.element(page.getByText('I would rather not.')).toBeVisible()
    await button('Propose a card').click()
    await expect.element(page.getByText(/could be told apart/)).not.toBeInTheDocument()
    await expect.element(page.getByText(/connection/i)).toBeVisible()
    expect(current()).toBe(card)
  })
})

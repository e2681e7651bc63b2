import type { Page } from '@playwright/test'
import { violationsOf } from './axe.ts'
import { expect, lastTurn, replyEnded, chatTest as test, turns } from './journey.ts'

const said = (words: string, thought = '') => ({
  text: `A plan.</system_thinking>${thought && `<role_thinking>${thought}</role_thinking>`}${words}`,
})

async function expectAccessible(page: Page): Promise<void> {
  expect(await violationsOf(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0)
}

test('three in a room: who is spoken to answers, and nobody is told what is not theirs to know', async ({
  page,
  modelServer,
}) => {
  test.setTimeout(150_000)
  const asked = () => JSON.stringify(modelServer.generations().at(-1)?.body)
  const cast = page.getByRole('region', { name: 'Who is in the scene' })
  const choose = async (name: string, item: string) => {
    await cast.getByRole('button', { name }).click()
    await page.getByRole('menuitem', { name: item }).click()
  }
  const say = async (words: string) => {
    await page.getByRole('textbox', { name: 'Message' }).fill(words)
    await page.getByRole('textbox', { name: 'Message' }).press('Enter')
    await expect(turns(page).filter({ hasText: words })).toBeVisible()
  }

  await page.goto('/characters')
  await page.getByRole('button', { name: 'New scene' }).click()
  const dialog = page.getByRole('dialog', { name: 'New scene' })
  for (const name of ['Sherlock Holmes', 'Jane Eyre', 'Count Dracula']) {
    await dialog.getByRole('checkbox', { name }).check({ force: true })
  }
  await dialog.getByRole('textbox', { name: 'How it opens' }).fill('Rain beats on the shutters of the inn.')
  const first = dialog.getByRole('combobox', { name: 'Who speaks first' })
  await first.selectOption({ label: (await first.getByRole('option', { name: /^Jane Eyre/ }).textContent()) ?? '' })
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Begin' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sherlock Holmes, Jane Eyre, and Count Dracula')
  await expect(turns(page).first()).toContainText('Rain beats')
  await expect(lastTurn(page)).toHaveAttribute('aria-label', 'Jane Eyre')
  await expect(lastTurn(page)).toContainText('I had not looked for company')
  await expect(cast.getByRole('listitem')).toHaveCount(3)

  modelServer.next(said('I prefer the fire.', 'JANE-CANARY'))
  await say('Jane, are you cold?')
  await replyEnded(page)
  await expect(lastTurn(page)).toHaveAttribute('aria-label', 'Jane Eyre')
  expect(asked()).toContain('You are Jane Eyre')

  // A whisper: only the Count hears it, and whispers back.
  await choose('Count Dracula', 'Whisper to them')
  modelServer.next(said('Then we wait.', 'COUNT-CANARY'))
  await say('The key is in the WHISPER-CANARY.')
  await replyEnded(page)
  await expect(lastTurn(page)).toContainText('whispers')
  expect(asked()).toContain('WHISPER-CANARY')
  expect(asked()).not.toContain('JANE-CANARY')

  // Jane leaves, and hears nothing of what is said meanwhile.
  await choose('Jane Eyre', 'Leaves')
  await expect(lastTurn(page)).toContainText('Jane Eyre leaves.')
  await expect(cast.getByRole('button', { name: 'Jane Eyre away' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Who answers' }).selectOption({ label: 'Sherlock Holmes' })
  modelServer.next(said('She is afraid. ABSENT-CANARY.', 'HOLMES-CANARY'))
  await say('What do you make of her?')
  await replyEnded(page)
  await expect(lastTurn(page)).toHaveAttribute('aria-label', 'Sherlock Holmes')
  expect(asked()).not.toMatch(/WHISPER-CANARY|COUNT-CANARY|JANE-CANARY|Then we wait/)
  await choose('Jane Eyre', 'Comes in')
  await expect(lastTurn(page)).toContainText('Jane Eyre comes in.')

  // The environment knows what all of them know.
  modelServer.next(said('A candle goes out.\nJane Eyre: Oh!'))
  await page.getByRole('button', { name: 'Narrate' }).click()
  await replyEnded(page)
  await expect(lastTurn(page)).toContainText('A candle goes out.')
  await expect(lastTurn(page)).toContainText('went on to speak for others')
  expect(asked()).not.toMatch(/CANARY/)

  modelServer.next(said('I heard a door.'))
  await choose('Jane Eyre', 'Answer now')
  await expect(lastTurn(page)).toContainText('I heard a door.')
  await replyEnded(page)
  expect(asked()).toContain('JANE-CANARY')
  expect(asked()).not.toMatch(/WHISPER|COUNT-|ABSENT|HOLMES-C/)

  await test.step('through their eyes there is what each knows, and of the rest how much it is', async () => {
    const eyes = page.getByRole('dialog', { name: 'Through their eyes' })
    await choose('Jane Eyre', 'See through their eyes')
    await expect(eyes.getByRole('region', { name: 'The story as Jane Eyre knows it' })).toContainText('I heard a door.')
    for (const known of ['JANE-CANARY', 'words not heard: a whisper', 'Not there · 2 turns', 'not known: a thought']) {
      await expect(eyes).toContainText(known)
    }
    expect(await eyes.innerHTML()).not.toMatch(/WHISPER-C|COUNT-C|ABSENT-C|HOLMES-C|Then we wait|A plan/)
    await expectAccessible(page)
    await eyes.getByRole('radio', { name: 'Jane Eyre' }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(eyes.getByRole('region', { name: 'The story as Count Dracula knows it' })).toContainText('WHISPER-C')
    expect(await eyes.innerHTML()).not.toMatch(/JANE-C|HOLMES-C/)
    await page.keyboard.press('Escape')
    await expect(eyes).toBeHidden()
  })

  await test.step('who knows what is seen at a glance, and leads on', async () => {
    await page.keyboard.press('Alt+h')
    const dialog = page.getByRole('dialog', { name: 'Who knows what' })
    const jane = dialog.getByRole('region', { name: 'Jane Eyre' })
    await expect(jane).toContainText('Missed 2 turns and did not hear 2 whispers.')
    await expect(dialog.getByRole('region', { name: 'Count Dracula' })).toContainText('Was told 1 whisper.')
    const whisper = dialog.getByRole('row', { name: /The key is in the/ })
    await expect(whisper.getByRole('cell')).toHaveText(['saw, did not hear', 'saw, did not hear', 'heard'])
    await expect(dialog.getByRole('row', { name: /I heard a door/ }).getByRole('cell')).toHaveText([
      'heard',
      'spoke',
      'heard',
    ])
    await expectAccessible(page)
    await jane.getByRole('button', { name: 'Memory' }).click()
  })

  await test.step('a memory is made of what its own mind holds, and a shared one of no mind', async () => {
    const dialog = page.getByRole('dialog', { name: 'Memory' })
    await expect(dialog.getByRole('radio', { name: 'Jane Eyre' })).toBeChecked()
    modelServer.next(said('Jane sat by the fire.'), said('It rained, and they talked.'))
    await dialog.getByRole('button', { name: 'Summarise now' }).click()
    await expect(dialog.getByRole('textbox')).toHaveValue('Jane sat by the fire.')
    expect(asked()).toContain('JANE-CANARY')
    await dialog.getByRole('radio', { name: 'All of them' }).check({ force: true })
    await expect(dialog.getByRole('textbox')).toHaveValue('')
    await dialog.getByRole('button', { name: 'Summarise now' }).click()
    await expect(dialog.getByRole('textbox')).toHaveValue('It rained, and they talked.')
    expect(asked()).toContain('I prefer the fire.')
    expect(asked()).not.toContain('CANARY')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
  })

  await test.step('each request is sealed, and says so', async () => {
    await page.keyboard.press('Alt+p')
    const seal = page.getByRole('dialog', { name: 'What the model sees' }).getByRole('region', { name: 'Seal' })
    await expect(seal).toContainText('0 foreign thoughts, 0 unheard lines')
    await expect(seal).toContainText(/Looked for, in all that is sent of the story: [1-9]/)
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await lastTurn(page).getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'About this turn' }).click()
    const about = page.getByRole('dialog', { name: 'About this turn' })
    await expect(about.getByText(/^0 foreign thoughts, 0 unheard lines, of \d+ looked for$/)).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('left to itself, its model chooses badly and is understood', async () => {
    modelServer.next(
      said('**Next speaker:** the Count, *Count Dracula*'),
      said('So be it.\nJane Eyre: I agree.'),
      said('As a language model I can’t decide that.'),
      said('Quite.'),
      said('Next speaker: Jane Eyre'),
      said('Indeed.'),
    )
    await page.getByRole('button', { name: 'Let it run' }).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Let it run' })
    await dialog.getByRole('radio', { name: /The model chooses/ }).press('Space')
    await dialog.getByRole('spinbutton', { name: 'Turns' }).fill('3')
    await expectAccessible(page)
    await dialog.getByRole('spinbutton', { name: 'Turns' }).press('Enter')
    const spoken = (words: string) => turns(page).filter({ hasText: words })
    await expect(spoken('So be it.')).toHaveAttribute('aria-label', 'Count Dracula')
    await expect(spoken('So be it.')).toContainText('went on to speak for others')
    await expect(spoken('Quite.')).toHaveAttribute('aria-label', 'Sherlock Holmes')
    await expect(spoken('Indeed.')).toHaveAttribute('aria-label', 'Jane Eyre')
    await replyEnded(page)
    await expect(page.getByRole('button', { name: /^Stop/ })).toBeHidden()
    // Nobody answers by themselves, and the next time it is as it was left.
    await page.getByRole('button', { name: 'Let it run' }).click()
    await expect(dialog.getByRole('radio', { name: /The model chooses/ })).toBeChecked()
    await expect(dialog.getByRole('spinbutton', { name: 'Turns' })).toHaveValue('3')
    await dialog.getByRole('radio', { name: /By hand/ }).check()
    await dialog.getByRole('button', { name: 'Keep' }).click()
    await page.getByRole('combobox', { name: 'Who answers' }).selectOption({ label: 'Nobody yet' })
    await say('I will say this to the room.')
    await expect(lastTurn(page)).toContainText('to the room')
    expect(asked()).not.toContain('to the room')
  })
  await expectAccessible(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await expect(page.getByRole('button', { name: 'Let it run' })).toBeInViewport()
  await expectAccessible(page)
})

import { readFile } from 'node:fs/promises'
import { fullInfoRow, multiTurnRow } from '../src/core/training/training.test-kit.ts'
import { violationsOf } from './axe.ts'
import { expect, replyEnded, send, chatTest as test, turns } from './journey.ts'

test('a chat goes out as rows with its README, and rows of HER’s data come in as scenes', async ({
  page,
  modelServer,
}) => {
  modelServer.next({
    text: 'Holmes should give little away.</system_thinking><role_thinking>THOUGHT</role_thinking>Sit.',
  })
  await send(page, 'May I? [PRIVATE]')
  await replyEnded(page)
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByRole('combobox').fill('Export for training')
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { level: 1, name: 'Data' })).toBeVisible()
  const check = page.getByRole('region', { name: 'Check' })
  await expect(check.getByRole('status')).toHaveText('1 row')
  await expect(check.getByRole('list', { name: 'Left out' })).toContainText('a card’s greeting')
  await expect(check).toContainText(
    '<system_thinking>Holmes should give little away.</system_thinking>Sherlock Holmes: ',
  )
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Replace a name' }).click()
  await page.getByRole('textbox', { name: 'Name or place' }).last().fill('Sherlock Holmes')
  await page.getByRole('textbox', { name: 'In place of Sherlock Holmes' }).fill('Mr. Grey')
  await expect(check).toContainText('</system_thinking>Mr. Grey: ')
  await page.getByRole('combobox', { name: 'Licence' }).fill('CC0-1.0')
  await page.getByRole('textbox', { name: 'Consent' }).fill('All of it is mine.')
  const saveButton = page.getByRole('button', { name: 'Save the rows and their README' })
  await expect(saveButton).toBeDisabled()
  await page.getByRole('checkbox', { name: 'I may give this away' }).check()
  const [rows, readme] = await Promise.all([
    page.waitForEvent('download', (one) => one.suggestedFilename().endsWith('.jsonl')),
    page.waitForEvent('download', (one) => one.suggestedFilename().endsWith('.README.md')),
    saveButton.click(),
  ])
  const written = await readFile(await rows.path(), 'utf8')
  const [row, ...others] = written.trimEnd().split('\n')
  expect(others).toEqual([])
  expect(JSON.parse(row ?? '')).toMatchObject({
    turn_index: 1,
    history_turns: 1,
    messages: [
      { role: 'system' },
      { role: 'user', content: '===Conversation Start===' },
      { role: 'assistant' },
      { role: 'user', content: expect.stringMatching(/^Stranger: May I\?$/) },
      {
        role: 'assistant',
        content: expect.stringContaining('</system_thinking>Mr. Grey: <role_thinking>THOUGHT</role_thinking>Sit.'),
      },
    ],
  })
  expect(written).not.toContain('PRIVATE')
  expect(await readFile(await readme.path(), 'utf8')).toContain('All of it is mine.')

  const lines = [...Array.from({ length: 220 }, () => multiTurnRow), fullInfoRow].map((one) => JSON.stringify(one))
  const buffer = Buffer.from(lines.join('\n'))
  await page.getByLabel('Open rows as scenes').setInputFiles({ name: 'her.jsonl', mimeType: '', buffer })
  const chooser = page.getByRole('dialog', { name: 'Which scenes?' })
  await expect(chooser).toContainText('The file goes on')
  await chooser.getByRole('searchbox', { name: 'Find a scene' }).fill('never hurries')
  await chooser.getByRole('button', { name: 'Look through the whole file' }).click()
  await expect(chooser.getByRole('checkbox')).toHaveCount(1)
  expect(await violationsOf(page)).toEqual([])
  await chooser.getByRole('checkbox', { name: 'The ledger' }).check()
  await page.keyboard.press('Enter')
  await expect(chooser).toBeHidden()
  await page.goto('/scenes')
  await page.getByRole('link', { name: 'The ledger' }).first().click()
  await page.getByRole('button', { name: 'Begin' }).click()
  const dialog = page.getByRole('dialog', { name: 'The ledger' })
  await dialog.getByRole('radio', { name: 'Go.' }).check()
  await dialog.getByRole('button', { name: 'Begin' }).click()
  await expect(turns(page)).toHaveCount(4)
  await expect(turns(page).nth(1)).toContainText('He lies, and badly')
})

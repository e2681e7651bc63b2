import { beginChat, connectTo, expect, lastTurn, replyEnded, send, test } from './journey.ts'

const plan = '<system_thinking>He waits for more.</system_thinking>'
const thoughts = '<role_thinking>Mud on the left boot only.</role_thinking><role_thinking>Say no more.</role_thinking>'
const reply =
  `${plan.replace('<system_thinking>', '')}<role_action>turns a page</role_action>` +
  '<role_thinking>Mud on the left boot only.</role_thinking>Do sit.<role_thinking>Say no more.</role_thinking>'

const ways = [
  { kind: 'vllm', how: 'prefill by flags' },
  { kind: 'llamacpp', how: 'prefill by a trailing message' },
  { kind: 'other', how: 'prefill in raw completions' },
] as const

for (const { kind, how } of ways) {
  test(`another take that keeps the plan, then plan and thoughts: ${how}, byte for byte`, async ({
    page,
    modelServer,
  }) => {
    await connectTo(page, `${modelServer.url}/${kind}`, { model: 'her' })
    await beginChat(page)
    modelServer.next({ text: reply })
    await send(page, 'Good day')
    await replyEnded(page)

    for (const [backSteps, item, opening, label] of [
      [1, 'Again, same plan', plan, 'kept: planning · by prefill'],
      [2, 'Again, same plan and thoughts', plan + thoughts, 'kept: planning, inner thought · by prefill'],
    ] as const) {
      modelServer.next({ text: 'You came by train.' })
      await lastTurn(page).getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem', { name: item, exact: true }).click()
      await expect(lastTurn(page).getByText('You came by train.')).toBeVisible()
      await replyEnded(page)
      await expect(lastTurn(page)).toContainText(label)
      const body = modelServer.generations().at(-1)?.body
      if (kind === 'other') {
        expect(body?.prompt?.endsWith(`<|im_start|>assistant\n${opening}`)).toBe(true)
      } else {
        expect(body?.messages?.at(-1)).toEqual({ role: 'assistant', content: opening })
        expect(body?.continue_final_message).toBe(kind === 'vllm' ? true : undefined)
        expect(body?.add_generation_prompt).toBe(kind === 'vllm' ? false : undefined)
      }
      for (let step = 0; step < backSteps; step += 1) {
        await lastTurn(page).getByRole('button', { name: 'Previous take' }).click()
      }
      await expect(lastTurn(page).getByText('Do sit.')).toBeVisible()
    }
  })
}

test('another take that keeps the plan where no server goes on from given words: the model is told, and says it once', async ({
  page,
  modelServer,
}) => {
  modelServer.next({ prefill: 'refuse' })
  await connectTo(page, `${modelServer.url}/ollama`, { model: 'her' })
  await beginChat(page)
  modelServer.next({ text: plan + reply.replace(/^.*?<\/system_thinking>/, '') })
  await send(page, 'Good day')
  await replyEnded(page)

  // It plans anew though it was told not to: that plan is not the one that was kept, and is not shown as it.
  modelServer.next({ text: '<system_thinking>Another plan.</system_thinking>You came by train.' })
  await lastTurn(page).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Again, same plan', exact: true }).click()
  await expect(lastTurn(page).getByText('You came by train.')).toBeVisible()
  await replyEnded(page)
  await expect(lastTurn(page)).toContainText('kept: planning · by instruction')
  const { messages = [] } = modelServer.generations().at(-1)?.body ?? {}
  expect(messages.at(-1)?.role).toBe('user')
  expect(messages.at(-1)?.content).toContain(`exactly this:\n\n${plan}\n\nGo on from there.`)
  await lastTurn(page)
    .getByRole('button', { name: /^Planning/ })
    .click()
  await expect(lastTurn(page).getByText('He waits for more.')).toBeVisible()
  await expect(lastTurn(page).getByText('Another plan.')).toHaveCount(0)
})

test('the mirror shows what a draft would provoke, the model writes the reader’s turn, and neither is kept', async ({
  page,
  modelServer,
}) => {
  await connectTo(page, `${modelServer.url}/vllm`, { model: 'her' })
  await beginChat(page)
  modelServer.next({ text: reply })
  await send(page, 'Good day')
  await replyEnded(page)
  const composer = page.getByRole('textbox', { name: 'Message' })

  await composer.fill('I found your violin.')
  modelServer.next({ text: 'She must not see that I am glad.</role_thinking>Indeed?' })
  await page.getByRole('button', { name: 'What would they think?' }).click()
  const mirror = page.getByRole('region', { name: 'What Sherlock Holmes would think' })
  await expect(mirror).toContainText('She must not see that I am glad.')
  await expect(mirror).not.toContainText('Indeed')
  const asked = modelServer.generations().at(-1)?.body
  expect(asked?.messages?.at(-1)).toEqual({ role: 'assistant', content: '<role_thinking>' })
  expect(asked?.stop).toContain('</role_thinking>')
  await page.getByRole('button', { name: 'Close the mirror' }).click()

  await composer.fill('')
  modelServer.next({ text: 'He is shy.</system_thinking><role_action>bows</role_action>Good evening.' })
  await page.getByRole('button', { name: 'Write for me' }).click()
  await expect(composer).toHaveValue('*bows* Good evening.')
  expect(modelServer.generations().at(-1)?.text).not.toContain('Mud on the left boot')
  await expect(page.getByRole('article')).toHaveCount(3)
  await page.reload()
  await expect(page.getByRole('article')).toHaveCount(3)
})

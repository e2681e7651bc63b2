import fc from 'fast-check'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { Markdown } from './markdown.tsx'
import { renderMarkdown } from './markdown-block.tsx'

const mounted: (() => void)[] = []
afterEach(() => {
  for (const unmount of mounted.splice(0)) unmount()
})

// The reader of markdown comes with the first text that has marks; before that they are shown.
beforeAll(async () => {
  const first = shown('*One* <b>')
  expect(first.innerHTML).toBe('<p>*One* &lt;b&gt;</p>')
  await vi.waitFor(() => expect(first.innerHTML).toBe('<p><em>One</em> &lt;b&gt;</p>'))
})

/** A place that shows a text, and can be given another. */
function setupPlace() {
  const element = document.body.appendChild(document.createElement('div'))
  const root = createRoot(element)
  mounted.push(() => {
    root.unmount()
    element.remove()
  })
  const show = (text: string): HTMLElement => {
    flushSync(() => root.render(<Markdown text={text} />))
    return element
  }
  return { show }
}

function shown(text: string): HTMLElement {
  return setupPlace().show(text)
}

describe('emphasis', () => {
  test.each([
    ['You came by the *river* path.', '<p>You came by the <em>river</em> path.</p>'],
    ['You came by the _river_ path.', '<p>You came by the <em>river</em> path.</p>'],
    ['**Never**, he says.', '<p><strong>Never</strong>, he says.</p>'],
    ['***Never***', '<p><em><strong>Never</strong></em></p>'],
    ['Not *so* fast, *Watson*.', '<p>Not <em>so</em> fast, <em>Watson</em>.</p>'],
    ['*naïvely*, 真的*好*。', '<p><em>naïvely</em>, 真的<em>好</em>。</p>'],
    ['a snake_case_name and 2 * 3 * 4', '<p>a snake_case_name and 2 * 3 * 4</p>'],
    ['`a *b* <i>`', '<p><code>a *b* &lt;i&gt;</code></p>'],
    ['\\*not\\*', '<p>*not*</p>'],
    ['One line\nand another', '<p>One line<br>and another</p>'],
    ['One part\n\nand another', '<p>One part</p><p>and another</p>'],
  ])('%j', (text, expected) => {
    expect(shown(text).innerHTML).toBe(expected)
  })

  test('that is not finished is text until it is', () => {
    const { show } = setupPlace()
    expect(show('By the *riv').innerHTML).toBe('<p>By the *riv</p>')
    expect(show('By the *river').innerHTML).toBe('<p>By the *river</p>')
    expect(show('By the *river*').innerHTML).toBe('<p>By the <em>river</em></p>')
    expect(show('By the *river* and **on').innerHTML).toBe('<p>By the <em>river</em> and **on</p>')
  })
})

describe('prose is not a document', () => {
  test.each([
    ['# Not a heading', '# Not a heading'],
    ['    indented', 'indented'],
    ['A line\n---', 'A line---'],
    ['---', '---'],
    ['- one\n- two', '- one- two'],
    ['1. First of all', '1. First of all'],
    ['```\ncode\n```', 'code'],
    ['[x]: https://elsewhere.example "t"', '[x]: https://elsewhere.example "t"'],
  ])('%j', (text, expected) => {
    const element = shown(text)
    expect(element.textContent?.trim()).toBe(expected)
    expect(element.querySelector('h1, h2, pre, ul, ol, hr')).toBeNull()
  })
})

/** What a text may become at most. */
const harmless = new Set(['P', 'BR', 'EM', 'STRONG', 'CODE', 'BLOCKQUOTE', 'SPAN'])

function expectHarmless(element: HTMLElement) {
  for (const one of element.querySelectorAll('*')) {
    expect(harmless, one.outerHTML).toContain(one.tagName)
    for (const { name } of one.attributes) expect(name).toBe('class')
  }
}

describe('nothing becomes markup', () => {
  const hostile = [
    '<script>window.stolen = 1</script>',
    '<img src=x onerror="window.stolen = 1">',
    '<svg onload="window.stolen = 1"><a xlink:href="javascript:window.stolen=1">x</a></svg>',
    '<b>bold</b> <i onclick=window.stolen=1>i</i>',
    '<style>* { display: none }</style>',
    '<iframe srcdoc="<script>parent.stolen = 1</script>"></iframe>',
    '<!-- a comment --> <?php ?> <![CDATA[x]]>',
    '[press](javascript:window.stolen=1)',
    '[press](https://elsewhere.example/?x "title")',
    '![picture](https://elsewhere.example/a.png)',
    '![picture][x]\n\n[x]: https://elsewhere.example/a.png',
    '<https://elsewhere.example> <mailto:a@b.example>',
    'https://elsewhere.example',
    '&lt;script&gt; &amp; &#60;b&#62; &nbsp;&copy;',
    '*<img src=x onerror=window.stolen=1>*',
    '> <img src=x onerror=window.stolen=1>',
  ]

  test.each(hostile)('%s', async (text) => {
    const element = shown(text)
    expectHarmless(element)
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(window).not.toHaveProperty('stolen')
  })

  test.each(hostile.filter((text) => /^[<&]|^https/.test(text)))('every character of %s stays to be read', (text) => {
    expect(shown(text).textContent).toBe(text)
  })

  test('a link says where it leads, and leads nowhere', () => {
    const element = shown('[press](javascript:steal\\(\\)) or [here](https://elsewhere.example)')
    expect(element.textContent).toBe('press (javascript:steal()) or here (https://elsewhere.example)')
    expect(element.querySelector('a, [href]')).toBeNull()
  })
})

test('a block without marks is shown as the reader of markdown would show it', () => {
  const markless = fc.constantFrom(
    ...[
      '\n',
      ' ',
      '\t',
      'word',
      'two words',
      '<b>',
      '<',
      '&lt;',
      '# ',
      '- ',
      '---',
      '===',
      '~~~',
      '1. ',
      '    ',
      '😀',
      '“',
    ],
  )
  fc.assert(
    fc.property(fc.array(markless, { maxLength: 8 }), (parts) => {
      const source = parts
        .join('')
        .replace(/\n{2,}/g, '\n')
        .trim()
      fc.pre(source !== '')
      const element = document.createElement('div')
      const root = createRoot(element)
      flushSync(() => root.render(renderMarkdown(source)))
      expect(shown(source).innerHTML).toBe(element.innerHTML)
      root.unmount()
      for (const unmount of mounted.splice(0)) unmount()
    }),
    { numRuns: 200 },
  )
})

const pieces = fc.constantFrom(
  ...[
    '*',
    '**',
    '_',
    '`',
    '\n',
    '\n\n',
    ' ',
    'word',
    'two words',
    '<b>',
    '<',
    '>',
    '> ',
    '[a](b)',
    '![a](b)',
    '\\',
    '&lt;',
  ],
  ...['# ', '- ', '---', '```', 'é', '😀', '“', '1. ', '    ', '<https://a.b>'],
)
const anyText = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''))

test('a text that grows is shown as the whole text is, at every length, and is never markup', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const growing = setupPlace()
      for (let end = 1; end <= text.length; end += 1) {
        const html = growing.show(text.slice(0, end)).innerHTML
        const whole = shown(text.slice(0, end))
        expect(html).toBe(whole.innerHTML)
        expectHarmless(whole)
        for (const unmount of mounted.splice(1)) unmount()
      }
      for (const unmount of mounted.splice(0)) unmount()
    }),
    { numRuns: 60 },
  )
})

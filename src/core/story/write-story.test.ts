import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { describe, expect, test } from 'vitest'
import { writeReply } from '#core/her/write.ts'
import { html } from '#lib/html.ts'
import { pageStyle, pageStyleHash } from './page-style.ts'
import { canary, layerChoices, layers, part, stories, story, turn } from './story.test-kit.ts'
import { everyLayer, type LayerChoice, type Story } from './story.ts'
import { writeStoryFile } from './story-file.ts'
import { writeBook, writeHtml } from './write-html.ts'
import { writeMarkdown } from './write-markdown.ts'
import { writeScript, writeScriptMarkdown, writeScriptText } from './write-script.ts'
import { writeTavern } from './write-tavern.ts'
import { writeText } from './write-text.ts'

const writers: Readonly<Record<string, (story: Story, layers: LayerChoice) => string>> = {
  Markdown: writeMarkdown,
  text: writeText,
  HTML: writeHtml,
  'a book': writeBook,
  'a script': writeScript,
  'a script in Markdown': writeScriptMarkdown,
  'a script in text': writeScriptText,
  'our file, whole': (story, layers) => writeStoryFile(story, { layers, extent: 'tree' }),
  'our file, path': (story, layers) => writeStoryFile(story, { layers, extent: 'path' }),
  'SillyTavern, tags': (story, layers) => writeTavern(story, { layers, takes: 'all', marks: 'tags' }),
  'SillyTavern, plain': (story, layers) => writeTavern(story, { layers, takes: 'shown', marks: 'plain' }),
}

const raw = writeReply([
  part('system_thinking', 'She should deflect.'),
  part('role_action', 'lifts her chin'),
  part('role_thinking', 'It stung.'),
  part('speech', 'How remarkable.'),
  part('role_action', 'turns away'),
])
const scene = story(
  [
    turn('a', null, { raw: 'Good evening, Clara.' }),
    turn('b', 'a', { raw: '*bows* Dance? [I hope not.]', dialect: 'player', speaker: { kind: 'user' } }),
    turn('c', 'b', { raw }),
    turn('d', 'b', { raw: 'Another take.' }),
  ],
  'c',
)

describe.each(Object.entries(writers))('%s', (_, write) => {
  test('has the chosen layers, and nothing of the others', () => {
    fc.assert(
      fc.property(stories, layerChoices, (told, chosen) => {
        const written = write(told, chosen)
        for (const layer of layers) if (!chosen.has(layer)) expect(written).not.toContain(canary(layer))
      }),
    )
  })

  test('has all of a turn when all layers are chosen, and no deleted turn', () => {
    const deleted = turn('x', 'c', { raw: 'Never mind.', deletedAt: 5 })
    const written = write({ ...scene, turns: [...scene.turns, deleted] }, everyLayer)
    for (const text of ['She should deflect.', 'lifts her chin', 'It stung.', 'How remarkable.', 'turns away']) {
      expect(written).toContain(text)
    }
    expect(written).toContain('Dance?')
    expect(written).not.toContain('Never mind')
  })
})

describe('Markdown', () => {
  test('runs action and speech together and sets thoughts apart', () => {
    expect(writeMarkdown(scene, everyLayer)).toBe(`# The letter

**Anna**

Good evening, Clara.

**Clara**

*bows* Dance?

> *I hope not.*

**Anna**

> **Planning.** She should deflect.

*lifts her chin*

> *It stung.*

How remarkable. *turns away*
`)
  })

  test('says what was said, and none of it is markup', () => {
    const text = fc
      .array(
        fc.constantFrom(
          '*',
          '_',
          '`',
          '<b>',
          '</p>',
          '&amp;',
          '[a](http://b)',
          '![',
          '# ',
          '- ',
          '1. ',
          '2) ',
          '> ',
          '| ',
          '\\',
          '~~',
          '==',
          '+ ',
          'lamp',
          '\n',
          ' ',
          'https://c.d',
          '<!--',
          '---',
          '    ',
        ),
        { minLength: 1, maxLength: 8 },
      )
      .map((parts) => parts.join(''))
      .filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(text, (said) => {
        const told = story([turn('a', null, { raw: said, dialect: 'her', speaker: { kind: 'user' } })])
        const written = writeMarkdown(told, everyLayer)
        const kinds = new Set<string>()
        let read = ''
        const visit = (node: { type: string; value?: string; children?: unknown[] }) => {
          kinds.add(node.type)
          if (node.type === 'text') read += node.value
          for (const child of node.children ?? []) visit(child as typeof node)
        }
        visit(fromMarkdown(written))
        const words = (text: string) => text.replace(/\s+/g, '')
        expect([...kinds].sort()).toEqual(['heading', 'paragraph', 'root', 'strong', 'text'])
        expect(words(read)).toBe(`TheletterClara${words(said)}`)
      }),
    )
  })
})

describe('text', () => {
  test('is a line for each turn', () => {
    expect(writeText(scene, new Set(['speech', 'role_action']))).toBe(
      'The letter\n\nAnna: Good evening, Clara.\n\nClara: *bows* Dance?\n\nAnna: *lifts her chin* How remarkable. *turns away*\n',
    )
  })
})

describe('what is written', () => {
  test('takes no longer than its length, also of a text that is all blanks', () => {
    const blanks = ' '.repeat(300_000)
    const told = story([turn('a', null, { raw: `${blanks}.${blanks}.\n${'\n'.repeat(300_000)}.` })])
    for (const write of Object.values(writers)) expect(write(told, everyLayer)).toContain('.')
  })
})

describe('a page', () => {
  const tags = new RegExp(
    [
      '<!doctype html>|</?(?:html|head|body|main|article|title|style|h1|h2|p|div|li)>',
      '<html lang="en" dir="ltr">|<meta [a-z-]+="[^"<>]*"(?: content="[^"<>]*")?>|<body class="(?:book|script)?">|<(?:h1|h2|li) lang="" dir="auto">',
      '<p class="[a-z_]+" lang="" dir="auto">|<article class="told">|<ul class="persons" aria-label="Persons">|</ul>',
      '<p class="[a-z_]+" lang="" dir="auto" title="[A-Za-z ]+">|<div class="[a-z ]+">|<img src="data:[^"<>]*" alt="">',
    ].join('|'),
    'g',
  )

  test('has no tag but ours, whatever is said', () => {
    const hostile = fc
      .array(
        fc.constantFrom(
          '<script>',
          '"',
          "'",
          '>',
          '<',
          '</style>',
          '</title>',
          '&lt;',
          '<!--',
          '\0',
          'onload=',
          '<img src=x>',
          'a',
        ),
      )
      .map((parts) => `x${parts.join('')}`)
    fc.assert(
      fc.property(hostile, hostile, hostile, (title, said, portrait) => {
        const turns = [turn('a', null, { raw: writeReply([part('speech', said), part('role_thinking', said)]) })]
        for (const page of [writeHtml, writeBook, writeScript]) {
          const written = page(story(turns, 'a', { title }), everyLayer, portrait)
          expect(written.replaceAll(tags, '')).not.toMatch(/[<>]/)
          expect(written).not.toMatch(/<img|<script/)
        }
      }),
    )
  })

  test('allows its own style and pictures within it, and nothing else', () => {
    const hash = createHash('sha256').update(pageStyle.toString()).digest('base64')
    expect(pageStyleHash).toBe(hash)
    const page = writeHtml(scene, everyLayer, 'data:image/png;base64,iVBORw0KGgo=')
    expect(page).toContain(`content="default-src &#39;none&#39;; style-src &#39;sha256-${hash}&#39;; img-src data:;`)
    expect(page).toContain('<img src="data:image/png;base64,iVBORw0KGgo=" alt="">')
    expect(pageStyle.toString()).not.toMatch(/url\(|@import/)
    for (const bad of ['data:image/svg+xml;base64,AAAA', 'https://x/y.png', 'data:image/png;base64,A"onload=x']) {
      expect(writeHtml(scene, everyLayer, bad)).not.toContain('<img')
    }
  })

  test('of a book has what was thought beside what was said right after it', () => {
    const page = writeBook(scene, new Set(['role_thinking', 'role_action', 'speech']))
    const [, ...rows] = page.split('<article>').at(-1)?.split('<div class="row">') ?? []
    const texts = rows.map((row) =>
      row
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    )
    expect(texts).toEqual(['lifts her chin', 'How remarkable. turns away It stung.'])
  })

  test('escapes what is put in, once', () => {
    expect(html`<a title="${'"&'}">${[html`<b>${'<'}</b>`]}</a>`.toString()).toBe(
      '<a title="&quot;&amp;"><b>&lt;</b></a>',
    )
  })
})

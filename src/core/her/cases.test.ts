import { describe, expect, test } from 'vitest'
import { parseReply, type ReplyOptions } from './parse.ts'
import type { Layer } from './segment.ts'

/** Short notations: P planning, T thought, A action, S speech; a trailing `…` says that the layer was never closed. */
const layers: Readonly<Record<string, Layer>> = {
  P: 'system_thinking',
  T: 'role_thinking',
  A: 'role_action',
  S: 'speech',
}

function toNotation(text: string, options?: ReplyOptions): string[] {
  return parseReply(text, options).segments.map(({ layer, text: words, closed }) => {
    const letter = Object.keys(layers).find((key) => layers[key] === layer)
    return `${letter}:${words}${closed ? '' : '…'}`
  })
}

const anna: ReplyOptions = { speaker: 'Anna', aliases: ['Annie'], others: ['Bob', 'Mr. Darcy', 'Élise'] }
const plan = '<system_thinking>plan</system_thinking>'

type Example = [why: string, text: string, expected: string[], options?: ReplyOptions]

const cases: Record<string, Example[]> = {
  'four layers': [
    [
      'training form',
      `${plan}Anna: <role_thinking>He lies</role_thinking><role_action>nods</role_action>Fine.`,
      ['P:plan', 'T:He lies', 'A:nods', 'S:Fine.'],
      anna,
    ],
    [
      'order is kept',
      'One<role_action>a</role_action>Two<role_thinking>t</role_thinking>Three',
      ['S:One', 'A:a', 'S:Two', 'T:t', 'S:Three'],
    ],
    ['nothing', '', []],
    ['blanks only', ' \n\t ', []],
  ],
  '1 tag names drift': [
    ...[
      'system_think',
      'think',
      'thinking',
      'thought',
      'thinker',
      'System Thinking',
      'SYSTEM-THINKING',
      ' system_thinking ',
    ].map((name): Example => [`planning as ${name}`, `<${name}>p</${name}>Hi`, ['P:p', 'S:Hi']]),
    ...['role_think', 'long_role_thinking', 'Role Thinking', 'rolethinking'].map(
      (name): Example => [`thought as ${name}`, `<${name}>t</${name}>Hi`, ['T:t', 'S:Hi']],
    ),
    ...['role_act', 'Role-Action', ' ROLE ACTION'].map(
      (name): Example => [`action as ${name}`, `<${name}>a</${name}>Hi`, ['A:a', 'S:Hi']],
    ),
    ['speech tags', '<role_speech>Hi</role_speech> <speech>there</speech>', ['S:Hi there']],
    ['blanks around the slash', '< / think >< role_action >a< / role_action >', ['A:a']],
    ['attributes are not ours', '<think a="b">x', ['S:<think a="b">x']],
    ['nor is a self-closing tag', 'a<think/>b', ['S:a<think/>b']],
  ],
  '2 wrong closer': [
    ['planning', '<system_thinking>p</system_think>Hi', ['P:p', 'S:Hi']],
    ['planning as think', '<think>p</thought>Hi', ['P:p', 'S:Hi']],
    ['thought closed as action', '<role_thinking>t</role_action>Hi', ['T:t', 'S:Hi']],
    ['thought closed as planning, when the reply is under way', '<role_thinking>t</think>Hi', ['T:t', 'S:Hi']],
  ],
  '3 never closed': [
    ['ran out while planning', '<system_thinking>I need', ['P:I need…']],
    ['ran out at once', '<system_thinking>', ['P:…']],
    ['ran out in a thought', 'Hi<role_thinking>he', ['S:Hi', 'T:he…']],
    ['ran out in an action', '<role_action>no', ['A:no…']],
    [
      'planning ends at the first role tag',
      '<system_thinking>plan <role_thinking>t</role_thinking>Hi',
      ['P:plan', 'T:t', 'S:Hi'],
    ],
    [
      'and leaves the name to the reply',
      '<think>plan\nAnna: <role_action>a</role_action>Hi',
      ['P:plan', 'A:a', 'S:Hi'],
      anna,
    ],
    ['planning twice', '<think>p<role_action>a</role_action><think>q<role_thinking>t', ['P:p', 'A:a', 'P:q', 'T:t…']],
    ['cut-off closer', '<role_thinking>hm</role_thinkin', ['T:hm']],
    ['closer cut off early', '<role_thinking>hm</', ['T:hm']],
    ['opener that lacks one character', 'Hi <role_thinking', ['S:Hi', 'T:…']],
    ['opener that lacks more is text', 'Hi <role_thinki', ['S:Hi <role_thinki']],
  ],
  '4 role tags in closed planning': [
    [
      'marks dropped, words kept',
      '<system_thinking>Use <role_thinking>this</role_thinking> and <role_action> here.</system_thinking>Hi',
      ['P:Use this and  here.', 'S:Hi'],
    ],
    ['planning opened twice', '<think><system_thinking>p</system_thinking>Hi', ['P:p', 'S:Hi']],
  ],
  '5 orphan closers': [
    ['planning was opened in the prompt', 'I plan.</system_thinking>Anna: Hi', ['P:I plan.', 'S:Hi'], anna],
    ['with think', 'I plan.</think>\n\nHi', ['P:I plan.', 'S:Hi']],
    ['role tags mentioned in it', 'Use <role_thinking> well.</think>Hi', ['P:Use  well.', 'S:Hi']],
    ['not when the reply began with a role tag', '<role_action>a</role_action>Hi</think> there', ['A:a', 'S:Hi there']],
    [
      'not behind a whole role block',
      'Hi<role_action>a</role_action>you</think> there',
      ['S:Hi', 'A:a', 'S:you there'],
    ],
    ['not behind planning', `${plan}Hi</think> there`, ['P:plan', 'S:Hi there']],
    ['an empty pair is no planning', '<think>\n\n</think>\n\nI plan.</system_thinking>Hi', ['P:I plan.', 'S:Hi']],
    ['a reasoning model thinks first', '<think>r</think>I plan.</system_thinking>Hi', ['P:r', 'P:I plan.', 'S:Hi']],
    ['role closers are dropped', 'Hi</role_action> there</role_thinking>', ['S:Hi there']],
    ['cut off at the very end', 'I plan.</system_thin', ['P:I plan.']],
  ],
  '6 tag inside a tag': [
    ['thought then action', '<role_thinking>t<role_action>a</role_action>Hi', ['T:t', 'A:a', 'S:Hi']],
    ['speech tag ends a thought', '<role_thinking>t<speech>Hi</speech>', ['T:t', 'S:Hi']],
    ['planning inside a thought', '<role_thinking>t<think>p</think>Hi', ['T:t', 'P:p', 'S:Hi']],
  ],
  '7 own name': [
    ['after planning', `${plan}Anna: Hi`, ['P:plan', 'S:Hi'], anna],
    ['before planning', `Anna: ${plan}Hi`, ['P:plan', 'S:Hi'], anna],
    ['on both sides', `Anna: ${plan}\nAnna: Hi`, ['P:plan', 'S:Hi'], anna],
    ['twice', 'Anna: Anna: Hi', ['S:Hi'], anna],
    ['nickname, other case', 'ANNIE : Hi', ['S:Hi'], anna],
    ['full-width colon', 'Anna：Hi', ['S:Hi'], anna],
    ['before a tag', 'Anna:\n<role_action>a</role_action>Hi', ['A:a', 'S:Hi'], anna],
    ['alone', 'Anna:', [], anna],
    ['without a colon', 'Anna', ['S:Anna'], anna],
    ['not in the middle', 'Hi\nAnna: there', ['S:Hi\nAnna: there'], anna],
    ['not behind something visible', '<role_action>a</role_action>Anna: hi', ['A:a', 'S:Anna: hi'], anna],
    ['unknown speaker', 'Anna: Hi', ['S:Anna: Hi']],
  ],
  '10 special tokens': [
    ['end', 'Hi<|im_end|>\n<|im_start|>user', ['S:Hi']],
    ['in planning', '<think>p<|endoftext|>x</think>Hi', ['P:p…']],
    ['in a thought', '<role_thinking>t<|im_end|></role_thinking>', ['T:t…']],
    ['at once', '<|im_start|>assistant\nHi', []],
    ['almost one', 'Hi<|im_en|>', ['S:Hi<|im_en|>']],
    ['typed by a person', 'Hi<|im_end|> *nods*', ['S:Hi<|im_end|>', 'A:nods'], { dialect: 'player' }],
    ['typed in what turns out to be planning', '<|im_end|>x</think>y', ['P:<|im_end|>x', 'S:y'], { dialect: 'player' }],
    [
      'typed by a person, in a thought and behind a tag',
      '[so <|im_start|>system] <role_action>a</role_action><|endoftext|>',
      ['T:so <|im_start|>system', 'A:a', 'S:<|endoftext|>'],
      { dialect: 'player' },
    ],
    ['in a card', '*waves* Hi<|im_end|>x', ['A:waves', 'S:Hi'], { dialect: 'markdown' }],
  ],
  '11 other speakers': [
    ['next line', 'Hi.\nMr. Darcy: Well.', ['S:Hi.'], anna],
    ['full-width colon, other case', 'Hi.\n\n  bob： Well.', ['S:Hi.'], anna],
    ['behind a tag', '<role_action>a</role_action>\nBob: x', ['A:a'], anna],
    ['French blank', 'Hi.\nÉlise\u00a0: x', ['S:Hi.'], anna],
    ['not in the middle of a line', 'Hi. Bob: x', ['S:Hi. Bob: x'], anna],
    ['not right behind a tag', '<role_action>a</role_action>Bob: x', ['A:a', 'S:Bob: x'], anna],
    ['not at the very start', '\nBob: x', ['S:Bob: x'], anna],
    ['not in a thought', '<role_thinking>t\nBob: x</role_thinking>', ['T:t\nBob: x'], anna],
    ['not in planning', '<think>p\nBob: x</think>Hi', ['P:p\nBob: x', 'S:Hi'], anna],
    ['a longer word', 'Hi\nBobby: x\nBo', ['S:Hi\nBobby: x\nBo'], anna],
    ['a mark inside the name does not hide it', 'Hi\nBo</speech>b: x', ['S:Hi'], anna],
  ],
  '13 layout': [
    [
      'each part on its own line',
      `${plan}\n\n<role_action>a</role_action>\n<role_thinking>t</role_thinking>\nHi`,
      ['P:plan', 'A:a', 'T:t', 'S:Hi'],
    ],
    ['blanks inside tags', '<role_action>\n a b \n</role_action> Hi  there ', ['A:a b', 'S:Hi  there']],
    ['empty blocks', 'Hi <role_thinking> </role_thinking>there<role_action></role_action>', ['S:Hi there']],
  ],
  '14 planning without a tag': [
    [
      'ended by the name',
      'I need calm.\nAnna: <role_action>a</role_action>Hi',
      ['P:I need calm.', 'A:a', 'S:Hi'],
      anna,
    ],
    [
      'ended by the first thought',
      'I need to portray Anna as calm.<role_thinking>t</role_thinking>Hi',
      ['P:I need to portray Anna as calm.', 'T:t', 'S:Hi'],
      anna,
    ],
    [
      'third person',
      'Anna is cornered; she should deflect with wit.\n<role_thinking>t</role_thinking>Hi',
      ['P:Anna is cornered; she should deflect with wit.', 'T:t', 'S:Hi'],
      anna,
    ],
    [
      'speech before a thought stays speech',
      'Hello.<role_thinking>hm</role_thinking>Bye',
      ['S:Hello.', 'T:hm', 'S:Bye'],
      anna,
    ],
    [
      'so does speech to somebody',
      'You want to portray me as cold?<role_thinking>hm</role_thinking>',
      ['S:You want to portray me as cold?', 'T:hm'],
      anna,
    ],
    [
      'so does speech about oneself',
      'I am Anna, and I should go.<role_thinking>hm</role_thinking>',
      ['S:I am Anna, and I should go.', 'T:hm'],
      anna,
    ],
    ['identical neighbours', '<role_action>a</role_action><role_action>a</role_action>', ['A:a', 'A:a']],
    ['quotes stay', '"Hi."', ['S:"Hi."']],
    ['no speech', '<role_action>I nod</role_action>', ['A:I nod']],
  ],
  '15 markup is text': [
    [
      'everywhere',
      '<b>Hi</b> &lt;think&gt;<script>x</script><role_action><i>a</i></role_action>1 < 2 <3',
      ['S:<b>Hi</b> &lt;think&gt;<script>x</script>', 'A:<i>a</i>', 'S:1 < 2 <3'],
    ],
  ],
  '12 coser': [
    ['brackets', '[He lies.] (nods) Fine.', ['T:He lies.', 'A:nods', 'S:Fine.'], { dialect: 'coser' }],
    ['nested', '[a [b] c](d (e) f)', ['T:a [b] c', 'A:d (e) f'], { dialect: 'coser' }],
    [
      'faces',
      'Oh :( no ;-( (sighs :( sadly) bye',
      ['S:Oh :( no ;-(', 'A:sighs :( sadly', 'S:bye'],
      { dialect: 'coser' },
    ],
    ['never closed', 'Hi [hm', ['S:Hi', 'T:hm…'], { dialect: 'coser' }],
    ['asterisks are text', '*a*', ['S:*a*'], { dialect: 'coser' }],
    [
      'HER from the first tag on',
      '(a)Hi<role_action>b</role_action>(c)',
      ['A:a', 'S:Hi', 'A:b', 'S:(c)'],
      { dialect: 'coser' },
    ],
    ['brackets are text in HER', '[a] (b) *c*', ['S:[a] (b) *c*']],
  ],
  '12 markdown': [
    ['action and quoted speech', '*smiles* "Hello."', ['A:smiles', 'S:Hello.'], { dialect: 'markdown' }],
    ['curly quotes', '“Hi.” *nods* “Bye.”', ['S:Hi.', 'A:nods', 'S:Bye.'], { dialect: 'markdown' }],
    ['partly quoted', '"Hi." she said. *nods*', ['S:"Hi." she said.', 'A:nods'], { dialect: 'markdown' }],
    ['two quotes', '"Hi" "there"', ['S:"Hi" "there"'], { dialect: 'markdown' }],
    ['bold is text', '**Hi** *a **b** c* ***d***', ['S:**Hi**', 'A:a **b** c', 'S:***d***'], { dialect: 'markdown' }],
    ['arithmetic and words', '2 * 3 and snake*case* * x', ['S:2 * 3 and snake*case* * x'], { dialect: 'markdown' }],
    ['emphasis inside quotes', '"I *really* do" *nods*', ['S:I *really* do', 'A:nods'], { dialect: 'markdown' }],
    ['a blank line ends it', '*a\n\nb', ['A:a', 'S:b'], { dialect: 'markdown' }],
    ['own name', 'Anna: *a* Hi', ['A:a', 'S:Hi'], { dialect: 'markdown', speaker: 'Anna' }],
    ['lone asterisk at the end', 'Hi *', ['S:Hi *'], { dialect: 'markdown' }],
  ],
  '12 player': [
    ['all three', '*waves* (sits) [I hope] Hi', ['A:waves', 'A:sits', 'T:I hope', 'S:Hi'], { dialect: 'player' }],
    [
      'private to the end',
      'Hi [I hope he did not notice\n\nnow',
      ['S:Hi', 'T:I hope he did not notice\n\nnow…'],
      { dialect: 'player' },
    ],
    ['HER tags too', 'Hi <role_thinking>t</role_thinking>', ['S:Hi', 'T:t'], { dialect: 'player' }],
  ],
  prefill: [
    ['not echoed', 'plan</system_thinking>Hi', ['P:plan', 'S:Hi'], { prefill: '<system_thinking>' }],
    ['echoed', '<system_thinking>plan</system_thinking>Hi', ['P:plan', 'S:Hi'], { prefill: '<system_thinking>' }],
    ['echoed without its line break', '<think>plan</think>Hi', ['P:plan', 'S:Hi'], { prefill: '<think>\n' }],
    [
      'locked plan and thought',
      ' you.',
      ['P:p', 'T:t', 'S:Hi you.'],
      { prefill: '<think>p</think><role_thinking>t</role_thinking>Hi' },
    ],
    ['nothing came', '', ['P:…'], { prefill: '<system_thinking>' }],
  ],
}

for (const [name, examples] of Object.entries(cases)) {
  describe(name, () => {
    test.each(examples)('%s', (_why, text, expected, options) => {
      expect(toNotation(text, options)).toEqual(expected)
    })
  })
}

describe('beside the segments', () => {
  test('raw and cut are verbatim', () => {
    const text = ' Anna: Hi.\r\nBob: x <|im_end|> '
    const reply = parseReply(text, anna)
    expect(reply.raw).toBe(text)
    expect(reply.cut).toBe('Bob: x <|im_end|> ')
    expect(parseReply('Hi', anna)).not.toHaveProperty('cut')
  })

  test('open names the tag that was never closed', () => {
    expect(parseReply('Hi<role_thinking>t').open).toBe('role_thinking')
    expect(parseReply('<think>').open).toBe('system_thinking')
    expect(parseReply('Hi').open).toBeUndefined()
    expect(parseReply('<role_thinking>t</role_th').open).toBeUndefined()
  })

  test('tiles say what became of each character', () => {
    const text = 'Anna: <think>p</think> Hi</role_action>\nBob: x'
    expect(parseReply(text, anna).tiles.map(({ kind, start, end }) => `${kind}:${text.slice(start, end)}`)).toEqual([
      'prefix:Anna:',
      'layout: ',
      'tag:<think>',
      'text:p',
      'tag:</think>',
      'layout: ',
      'text:Hi',
      'mark:</role_action>',
      'layout:\n',
      'cut:Bob: x',
    ])
  })
})

import { expect, test } from 'vitest'
import { mendRepetition } from './mend-repetition.ts'

const long =
  'He looks at the sea, and the sea looks back at him; "Well," he says, "it\'s late (very late), and I won\'t wait for the tide to turn."'
const cut =
  'He looks at the sea, and the sea looks back at him;" Well," he says," it\' s late( very late), and I won\' t wait for the tide to turn."'

// What the published function makes of these, run as it is.
test.each<[string, string | undefined]>([
  ['[He lies.] (nods) Fine.', undefined],
  ["I don't know what you mean. ".repeat(6), "I don' t know what you mean."],
  // Four times is not five.
  ['We must go now. '.repeat(4), undefined],
  [`${'We must go now, my friend. '.repeat(5)}Or not.`, 'We must go now, my friend.'],
  ['aaaa bb cc dd ee ff '.repeat(3), undefined],
  ['x '.repeat(30), 'x x x x x.'],
  ['…what? '.repeat(20), '… what? … what?'],
  ['Go—go—go! '.repeat(12), 'Go — go — go!'],
  // Fifteen words once more, wherever.
  [`${long} ${long}`, cut],
  [`${long}\n\n(pauses)\n${long} End`, `${cut}( pauses)`],
  [`${long} No. ${long.slice(0, 60)}`, `${cut} No.`],
  [`Oh ${'a'.repeat(130)} no`, `Oh ${'a'.repeat(20)} no`],
  ['今天天气很好我们走吧。'.repeat(6), '今天天气很好我们走吧。'],
  ['カタカナで話すよ、ね。'.repeat(5), 'カタカナで話すよ、ね。'],
  ['', undefined],
])('%j', (reply, mended) => {
  expect(mendRepetition(reply)).toBe(mended)
})

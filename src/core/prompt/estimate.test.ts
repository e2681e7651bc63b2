import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calibrate, estimateTokens } from './estimate.ts'

/** Texts of our own and what the Qwen3 tokenizer counts in them. */
const counted: readonly (readonly [language: string, tokens: number, text: string])[] = [
  [
    'English',
    80,
    'Elizabeth lifted her chin and regarded him with the coolness she reserved for men who mistook their fortune for their character. "You are very kind, sir," she said, "but I had not supposed that my opinion of the weather could be of any interest to you." Outside, the rain had begun again, drumming softly upon the windows, and somewhere in the hall a clock struck nine.',
  ],
  [
    'English in HER tags',
    75,
    "Elizabeth Bennet: <role_action>lifts her chin</role_action><role_thinking>He must not see that it stung</role_thinking>I find your sudden interest rather remarkable, Mr. Darcy.<role_action>turns to the window</role_action><role_thinking>Nine o'clock already</role_thinking>The rain has begun again.",
  ],
  [
    'Chinese',
    80,
    '她抬起下巴，冷冷地看着他，仿佛他的财富与她毫无关系。“先生，您太客气了，”她说道，“不过我没想到，您竟然会对我关于天气的看法感兴趣。”窗外，雨又开始下了，轻轻敲打着玻璃，大厅里的钟敲了九下。他沉默了很久，终于叹了一口气，转身走向门口，却又停下脚步，回头望着她。',
  ],
  [
    'Japanese',
    85,
    '彼女は顎を上げ、冷ややかに彼を見つめた。「ご親切にありがとうございます。でも、私の天気についての意見があなたの興味を引くとは思いませんでした。」外では雨がまた降り始め、窓を静かに叩いていた。ドアのベルがカランと鳴り、コーヒーの香りが漂ってきた。',
  ],
  [
    'Korean',
    91,
    '그녀는 턱을 들고 차갑게 그를 바라보았다. "정말 친절하시군요, 선생님." 그녀가 말했다. "하지만 날씨에 대한 제 의견이 당신에게 흥미로울 줄은 몰랐습니다." 밖에서는 다시 비가 내리기 시작했고 창문을 부드럽게 두드렸다.',
  ],
  [
    'Russian',
    89,
    'Она подняла подбородок и посмотрела на него с той холодностью, которую приберегала для мужчин, принимавших своё состояние за характер. «Вы очень добры, сударь, — сказала она, — но я не думала, что моё мнение о погоде может быть вам интересно». За окном снова пошёл дождь.',
  ],
  [
    'German',
    83,
    'Elisabeth hob das Kinn und musterte ihn mit jener Kühle, die sie für Männer aufhob, welche ihr Vermögen mit ihrem Charakter verwechselten. „Sie sind sehr freundlich“, sagte sie, „aber ich hätte nicht gedacht, dass meine Meinung über das Wetter Sie interessieren könnte.“ Draußen hatte es wieder zu regnen begonnen.',
  ],
  [
    'French',
    82,
    "Elle leva le menton et le regarda avec la froideur qu'elle réservait aux hommes qui prenaient leur fortune pour leur caractère. « Vous êtes bien aimable, monsieur, dit-elle, mais je n'imaginais pas que mon opinion sur le temps pût vous intéresser. » Dehors, la pluie avait recommencé.",
  ],
  [
    'Spanish',
    77,
    'Elizabeth levantó la barbilla y lo miró con la frialdad que reservaba a los hombres que confundían su fortuna con su carácter. —Es usted muy amable, señor —dijo—, pero no imaginaba que mi opinión sobre el tiempo pudiera interesarle. Afuera, la lluvia había comenzado de nuevo.',
  ],
  [
    'Arabic',
    74,
    'رفعت ذقنها ونظرت إليه ببرود، كأن ثروته لا تعنيها في شيء. قالت: أنت لطيف جدا يا سيدي، لكنني لم أكن أظن أن رأيي في الطقس قد يثير اهتمامك. وفي الخارج عاد المطر يهطل من جديد.',
  ],
  [
    'Hebrew',
    50,
    'היא הרימה את סנטרה והביטה בו בקרירות, כאילו עושרו אינו נוגע לה כלל. בחוץ החל שוב לרדת גשם, והשעון באולם צלצל תשע פעמים.',
  ],
  ['Thai', 62, 'เธอเชิดคางขึ้นและมองเขาด้วยสายตาเย็นชา ราวกับว่าทรัพย์สินของเขาไม่มีความหมายใด ๆ กับเธอเลย ข้างนอกฝนเริ่มตกอีกครั้ง'],
  [
    'Hindi',
    116,
    'उसने अपनी ठोड़ी उठाई और उसे ठंडी नज़र से देखा, मानो उसकी दौलत का उससे कोई संबंध ही न हो। बाहर फिर से बारिश शुरू हो गई थी।',
  ],
  [
    'Greek',
    103,
    'Σήκωσε το πηγούνι της και τον κοίταξε ψυχρά, σαν να μην την αφορούσε καθόλου η περιουσία του. Έξω είχε αρχίσει πάλι να βρέχει.',
  ],
  [
    'Polish',
    55,
    'Uniosła podbródek i spojrzała na niego z chłodem, jaki zachowywała dla mężczyzn mylących majątek z charakterem. Na zewnątrz znów zaczął padać deszcz.',
  ],
  [
    'Code',
    41,
    'const x = items.map((item) => item.name).filter(Boolean)\n  if (x.length > 3) {\n    return { ok: true, value: x[0] }\n  }\n',
  ],
]

describe('estimateTokens', () => {
  test.each(counted)('%s is within a fifth of what Qwen3 counts', (_language, tokens, text) => {
    expect(estimateTokens(text) / tokens).toBeGreaterThanOrEqual(0.8)
    expect(estimateTokens(text) / tokens).toBeLessThanOrEqual(1.2)
  })

  test('nothing is free but nothing', () => {
    expect(estimateTokens('')).toBe(0)
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'binary' }), (text) => {
        expect(Number.isInteger(estimateTokens(text))).toBe(true)
        expect(text.trim() === '' || estimateTokens(text) > 0).toBe(true)
      }),
    )
  })

  test('more text never takes fewer tokens', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (text, more) => {
        expect(estimateTokens(text + more)).toBeGreaterThanOrEqual(estimateTokens(text))
      }),
    )
  })
})

describe('calibrate', () => {
  test('comes to what a server counts, step by step', () => {
    let factor = 1
    for (let reply = 0; reply < 20; reply += 1) factor = calibrate(factor, 1000, 1300)
    expect(factor).toBeCloseTo(1.3, 2)
    expect(calibrate(1, 1000, 1300)).toBeCloseTo(1.1, 5)
  })

  test('learns nothing from nothing, and not too much from nonsense', () => {
    expect(calibrate(1.2, 0, 500)).toBe(1.2)
    expect(calibrate(1.2, 500, 0)).toBe(1.2)
    expect(calibrate(1, 10, 1e9)).toBe(3)
    expect(calibrate(0.5, 1e9, 1)).toBe(0.5)
    expect(calibrate(1.2, 500, Number.NaN)).toBe(1.2)
  })
})

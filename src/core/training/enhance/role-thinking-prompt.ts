import { writeReply } from '#core/her/write.ts'
import { disarm } from '#core/prompt/special-tokens.ts'
import { memberOf, spokenName, userName } from '#core/scene/cast.ts'
import { hear } from '#core/scene/hearing.ts'
import { languageOf, type TeacherLanguage } from './language.ts'
import type { EnhancePart, EnhanceStory, Target } from './part.ts'
import type { TeacherRequest } from './teacher-request.ts'

/** So many turns are enhanced by one call, and so many before the first of them are shown beside. */
export const windowTurns = 12
const windowContext = 8

/** The turns of one call for role thinking: neighbours in the character's own order. */
export function windowsOf({ targets }: EnhancePart): Target[][] {
  const wanted = targets.filter(({ wantsThoughts }) => wantsThoughts)
  return Array.from({ length: Math.ceil(wanted.length / windowTurns) }, (_, index) =>
    wanted.slice(index * windowTurns, (index + 1) * windowTurns),
  )
}

/**
 * Asks for the thoughts of one character in some of its turns (HER's stage 2). The authors ask once for everyone of a
 * conversation, with everyone's thoughts in sight; here each character is asked for by itself, and of the others there is
 * what it heard, so that no thought can be written that knows another's.
 * @param written turns of the character as they read by now, by place: thoughts that earlier calls wrote are its own.
 */
export function askRoleThinking(
  story: EnhanceStory,
  part: EnhancePart,
  targets: readonly Target[],
  window: number,
  written: ReadonlyMap<number, string> = new Map(),
): TeacherRequest {
  const { cast, path, title } = story
  const places = targets.map(({ place }) => place)
  const first = Math.max(0, Math.min(...places) - windowContext)
  const last = Math.max(...places)
  const dialogues = hear(path.slice(0, last + 1), part.reader, cast)
    .filter(({ place, segments }) => place >= first && segments.length > 0)
    .map(({ place, name, segments }) => ({
      character: name,
      standard_format: written.get(place) ?? writeReply(segments),
      origin_id: [place],
    }))
  const member = memberOf(part.reader, cast)
  const input = {
    book_name: member?.card.her.book ?? title,
    chapter: title,
    trace_id: `${story.id}_${part.name}`,
    i_chunk: 0,
    i_p: 0,
    plot_index: 0,
    conv_index: window,
    scenario: story.scenario ?? member?.card.scenario ?? '',
    key_characters: [
      ...cast.characters.map(({ card }) => spokenName(card)),
      ...(cast.userPlays ? [] : [userName(cast)]),
    ],
    dialogues,
  }
  const language = languageOf(dialogues.map(({ standard_format }) => standard_format))
  const ids = places.map((place) => `[${place}]`).join(', ')
  const size = targets.reduce((sum, { segments }) => sum + segments.reduce((all, { text }) => all + text.length, 0), 0)
  return {
    messages: [
      { role: 'system', content: demands[language] },
      { role: 'user', content: disarm(`${task[language](part.name, ids)}\n\n${JSON.stringify(input, null, 1)}`) },
    ],
    temperature: 0.7,
    topP: 0.9,
    // Each turn comes back twice, with a reason.
    maxTokens: Math.min(16_384, 1024 + targets.length * 250 + Math.ceil(size * (language === 'zh' ? 2 : 1))),
  }
}

const schema = `{"book_name": "", "chapter": "", "trace_id": "", "i_chunk": 0, "i_p": 0, "plot_index": 0, "conv_index": 0,
 "enhanced_dialogues": [{"character": "", "origin_id": [0], "original": "", "enhanced_role_think": "", "enhanced_reason": "", "pattern": ""}],
 "statistics": {"total_dialogues": 0, "modified_count": 0, "patterns_used": [""]}}`

const task: Readonly<Record<TeacherLanguage, (name: string, ids: string) => string>> = {
  en: (name, ids) =>
    `Enhance the turns of ${name} with these origin_id values, and no others: ${ids}. All other dialogues, those of Environment among them, are there to be read. Give one entry of enhanced_dialogues for each of them, with the whole turn as it reads now in enhanced_role_think.`,
  zh: (name, ids) =>
    `请只改写${name}的这些回合（按 origin_id）：${ids}。其余对话（包括 Environment）只供阅读。每个回合在 enhanced_dialogues 里给出一项，enhanced_role_think 写改写后的完整回合。`,
}

const demands: Readonly<Record<TeacherLanguage, string>> = {
  en: `You are an editor of role-play dialogue. You write into a character's turns what goes on inside that character, where the turns do not show it yet. You answer with one JSON object and nothing else.

The form of a turn
- <role_thinking>...</role_thinking>: what the character thinks, in the first person. Nobody else perceives it.
- <role_action>...</role_action>: what the character does, without a pronoun for the character itself; pronouns for others are fine.
- text outside of tags: what the character says aloud.
- No other tags. Tags never nest: a thought never stands inside of an action. No blank and no line break next to a tag. No full stop at the end of what is in a tag. Two tags of one kind next to each other become one.

What to do
1. Enhance, do not rewrite. Each word that is said stays, in its order; so do meaning and voice. Add as little as makes the turn understandable from inside. Where the speech narrates an action, move that into a tag.
2. Keep to the character's own view. It perceives what was said and done in front of it up to this turn, and nothing else. It reads no minds, does not know why others act, and knows nothing of what comes later. What it concludes about others it takes from a sign: a tone, a look, a gesture, a word.
3. Feelings have a cause in what just happened, and do not contradict or repeat the last one to three sentences.
4. A turn has 50 to 200 characters where its speech allows, a sentence of a thought no more than about 40. Turns do not grow longer from one to the next.
5. One language in a sentence, that of the dialogue. No garbled text. Where a pronoun could mean two people, write the name.
6. Vary the order of thought, action and speech: at least five different orders over the dialogue where it has that many turns, and never the same order more than twice in a row. Orders to choose from: think>act>speech, think>speech, act>speech, speech, think>act>think>speech, act>think>speech, speech>act>speech, think>speech>act, act>speech>act, think>act>speech>think, and free ones.

The answer copies the fields at the top of the input, then: for each turn its character and origin_id, the original, the enhanced turn, a short reason, and its order as "think>speech". The shape:
${schema}`,
  zh: `你是角色扮演对话的编辑。角色的回合里看不出内心活动时，由你补写。只输出一个 JSON 对象，不要输出别的内容。

回合的格式
- <role_thinking>...</role_thinking>：角色的想法，用第一人称。别人感知不到。
- <role_action>...</role_action>：角色的动作，不用代词指自己；指别人的代词可以用。
- 标签之外的文字：角色说出口的话。
- 不用其他标签。标签不嵌套：动作标签里不写想法。标签两侧不留空格和换行。标签内的文字末尾不加句号。相邻的同类标签合并为一个。

要求
1. 补写，不是重写。说出口的每个字都按原顺序保留，意思和语气不变。只补到能从内心理解这个回合为止。话里夹着的动作叙述移到动作标签里。
2. 守住角色自己的视角。角色只知道到这个回合为止、在自己面前说过和做过的事。不会读心，不知道别人为什么那样做，也不知道以后的事。对别人的判断要有看得见的依据：语气、眼神、手势、用词。
3. 情绪要有刚发生的起因，不与前一到三句矛盾，也不重复。
4. 在台词允许的情况下，每个回合 50 到 200 字，想法里每句不超过约 40 字。回合不要越写越长。
5. 一句话只用一种语言，与对话相同，不出现乱码。代词可能指两个人时写出名字。
6. 想法、动作、话语的顺序要有变化：回合足够多时至少用五种不同的顺序，同一种顺序最多连续出现两次。可选：think>act>speech、think>speech、act>speech、speech、think>act>think>speech、act>think>speech、speech>act>speech、think>speech>act、act>speech>act、think>act>speech>think，也可自由组合。

回答先照抄输入开头的字段，再给出每个回合的 character、origin_id、原文 original、改写后的回合 enhanced_role_think、简短的理由 enhanced_reason、顺序 pattern（如 "think>speech"）。结构：
${schema}`,
}

/** A chat message as a client sends it. */
export interface ChatMessage {
  readonly role: string
  readonly content: string
}

/** What the script needs to know of a conversation. */
export interface Exchange {
  /** The character that is to answer. */
  readonly name: string
  /** What was said aloud since, by the last who is not the environment; empty when nobody spoke. */
  readonly words: string
  /** Whether they did something, too. */
  readonly acts: boolean
  /** The character's earlier replies, oldest first. */
  readonly replies: readonly string[]
  /** True when nobody but the environment has spoken yet. */
  readonly opens: boolean
  /** What the reply already begins with. */
  readonly prefill: string
}

const startMark = '===Conversation Start==='
/** What a card wants said after the story stands at the end of the last message, and nobody says it. */
const instructions = /(^|\n\n)===Instructions===\n[\s\S]*$/
const openingSentence = /^You are (?:role-?playing as )?(.+?)(?: from (?:the book )?["“'].*| from .*)?[.]?\s*$/
const profileHeading = /^===(.+?)'s Profile===/m
const namedTurn = /^([^\n:：<>]{1,60})[:：]\s*/

/** Reads a request's messages. Whom the script is to play is found among `knownNames`, else in the prompt's wording. */
export function readExchange(messages: readonly ChatMessage[], knownNames: readonly string[]): Exchange {
  const last = messages.at(-1)
  const prefill = last?.role === 'assistant' ? last.content : ''
  const story = prefill ? messages.slice(0, -1) : messages
  const replies = story.filter((message) => message.role === 'assistant').map((message) => message.content)
  const heard = story.findLast((message) => message.role === 'user')?.content ?? ''
  const turn = turnsOf(heard).findLast(({ speaker }) => speaker !== 'Environment')
  return {
    name: nameIn(messages.find((message) => message.role === 'system')?.content ?? '', knownNames),
    words: turn ? spokenIn(turn.text) : '',
    acts: turn !== undefined && /<role_action>|\*[^*]+\*/.test(turn.text),
    replies,
    opens: replies.length === 0 && turn === undefined,
    prefill,
  }
}

/** What is said aloud in a turn, without its other layers. */
export function spokenIn(text: string): string {
  return text
    .replace(/<(system_thinking|role_thinking|role_action)>[\s\S]*?(<\/\1>|$)/g, ' ')
    .replace(/\*[^*]+\*/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

function nameIn(system: string, knownNames: readonly string[]): string {
  const firstLine = system.split('\n', 1)[0] ?? ''
  const rest = firstLine.replace(/^You are (role-?playing as )?/, '')
  const known = knownNames.find((name) => rest.startsWith(name) && !/^[\p{L}\p{N}]/u.test(rest.slice(name.length)))
  return known ?? profileHeading.exec(system)?.[1] ?? openingSentence.exec(firstLine)?.[1] ?? 'The character'
}

/** A user message holds one turn or several, each `Name: …`, with a blank line between. */
function turnsOf(message: string): { readonly speaker: string; readonly text: string }[] {
  return message
    .replace(startMark, '')
    .replace(instructions, '')
    .split(/\n\n+(?=[^\n:：<>]{1,60}[:：])/)
    .map((turn) => turn.trim())
    .filter((turn) => turn !== '')
    .map((turn) => {
      const name = namedTurn.exec(turn)
      return name ? { speaker: name[1] ?? '', text: turn.slice(name[0].length) } : { speaker: '', text: turn }
    })
}

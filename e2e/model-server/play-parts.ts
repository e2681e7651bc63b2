const dimensionPattern = /^ {2}"([^"]+)": \{$/m

/**
 * Answers as the judge of a play or as who says who acts next, where a prompt asks for that; undefined for any other. One
 * answer of some is bad, as those of models are: prose in the place of JSON, marks around a name, nobody's name.
 * @param hash of the prompt and the seed: the same prompt has the same answer.
 */
export function playPart(messages: readonly { readonly content: string }[], hash: number): string | undefined {
  const system = messages[0]?.content ?? ''
  if (system.endsWith('===Dialogue Content===\n')) return judge(system, messages.at(-1)?.content ?? '', hash)
  const names = /^Next Speaker: exactly one of (.+), "random" or/m.exec(system)?.[1]
  if (names !== undefined) return choose(JSON.parse(`[${names}]`) as string[], hash)
  if (system.startsWith('You judge a role-play for defects'))
    return judgeChunk(system, messages.at(-1)?.content ?? '', hash)
  return undefined
}

function judge(system: string, play: string, hash: number): string {
  const dimension = dimensionPattern.exec(system)?.[1] ?? 'Anthropomorphism'
  if (hash % 9 === 4) return 'All in all this is a fine scene, and I would not change a word.'
  const lines = play.split('\n\n').filter(Boolean)
  const line = lines[hash % Math.max(1, lines.length)] ?? ''
  const words = line
    .replace(/[[(<][^\])>]*[\])>]/g, ' ')
    .split(/\s+/)
    .filter(Boolean)
    .slice(0, 8)
    .join(' ')
  const type = /- Type: (.+)/.exec(system)?.[1] ?? dimension
  const flaws = Array.from({ length: (hash >>> 4) % 4 }, (_, index) => ({
    instance: `'${words}' could be anybody's.`,
    type,
    severity: 1 + ((hash >>> (8 + index)) % 5),
  }))
  const json = JSON.stringify({ [dimension]: { flaws } }, undefined, 2)
  if (hash % 5 === 1)
    return `Here is my verdict:\n\`\`\`json\n${json.replace(/\}\s*\]/, '},]')}\n\`\`\`\nI hope it helps.`
  return json
}

function choose(names: readonly string[], hash: number): string {
  const name = names[(hash >>> 3) % names.length] ?? 'random'
  if (hash % 7 === 3) return 'Hard to say.'
  if (hash % 11 === 5) return 'Reasoning: it is over.\nNext Speaker: <END CHAT>'
  if (hash % 4 === 2) return `**Reasoning:** so it goes.\n\n**Next Speaker:** \`${name}\``
  return `Reasoning: so it goes.\nNext Speaker: ${name}`
}

function judgeChunk(system: string, play: string, hash: number): string {
  if (hash % 9 === 4) return 'No complaints.'
  const judged = /between (.+), whom a language model plays/.exec(system)?.[1]
  const lines = [...play.matchAll(/^\[(\d+)\] (.+?): (.{0,40})/gm)].filter(
    ([, turn, name]) => name === judged && turn !== '0',
  )
  const line = lines[hash % Math.max(1, lines.length)]
  const quote = line?.[3] ?? ''
  const scores = Object.fromEntries(
    ['basics', 'logic', 'knowledge', 'diversity', 'content_logic', 'interaction'].map((name, index) => [
      name,
      60 + ((hash >>> index) % 41),
    ]),
  )
  const misalignments =
    hash % 2 ? [{ turn: Number(line?.[1] ?? 0) + 1, dimension: 'basics', quote, why: 'It repeats itself.' }] : []
  return JSON.stringify({ scores, misalignments })
}

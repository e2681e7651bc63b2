/** What the system prompt of a HER sample says, in whatever template it was written. */
export interface PromptSections {
  readonly name: string
  readonly book: string
  readonly profile: string
  readonly scenario: string
  readonly motivation: string
  /** One paragraph or more of each of the others, as they stand there. */
  readonly others: string
}

/** `You are Anna from The Grey Pier.`, and its kin of the demo and of the random templates. */
const opening = /^You are (?:role-?playing as )?(.+?)(?: from (?:the book )?["“]?(.+?)["”]?)?\.?\s*$/
const header = /^(?:={2,}\s*([^=\n]+?)\s*={2,}|#{1,4}\s+([^\n]+?)|\*\*([^*\n]+?)\*\*)\s*$/

type Section = 'profile' | 'scenario' | 'motivation' | 'others'

/** Sections by what their title is or ends with; of all others nothing is taken: they say how to write. */
const titles: readonly (readonly [RegExp, Section])[] = [
  [/(?:^|['’]s |character )profile$/, 'profile'],
  [/^(?:background|recent experience|experience)$/, 'profile'],
  [/^current (?:scenario|scene)$/, 'scenario'],
  [/^your (?:inner thoughts|inner state|current thoughts|motivation)$/, 'motivation'],
  [/^(?:information about (?:the )?other characters|other characters|the person you are interacting with)$/, 'others'],
]

/** Reads the system prompt of a sample. What it does not say is empty. */
export function readPromptSections(prompt: string): PromptSections {
  const [first = '', ...lines] = prompt.trim().split('\n')
  const [, name = '', book = ''] = opening.exec(first.trim()) ?? []
  const texts: Record<Section, string[]> = { profile: [], scenario: [], motivation: [], others: [] }
  // What stands before the first heading describes the character.
  let section: Section | undefined = 'profile'
  for (const line of lines) {
    const title = header.exec(line.trim())
    if (title) section = sectionOf((title[1] ?? title[2] ?? title[3] ?? '').toLowerCase())
    if (title && section) texts[section].push('')
    else if (section) texts[section].push(line)
  }
  const told = (part: Section) =>
    texts[part]
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  return {
    name: name.trim(),
    book: book.trim(),
    profile: told('profile'),
    scenario: told('scenario'),
    motivation: told('motivation'),
    others: told('others'),
  }
}

function sectionOf(title: string): Section | undefined {
  return titles.find(([pattern]) => pattern.test(title))?.[1]
}

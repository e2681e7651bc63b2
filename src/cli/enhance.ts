import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { openJsonlJournal } from '#adapters/node/jsonl-journal.ts'
import { isFile, linesOfFile, writeLines } from '#adapters/node/text-files.ts'
import { createTree, pathTo } from '#core/conversation/tree.ts'
import { type Story, titleOf } from '#core/story/story.ts'
import { type EnhancedStory, isSound } from '#core/training/enhance/enhanced.ts'
import { enhancedRow } from '#core/training/enhance/enhanced-row.ts'
import { addEstimates, estimateEnhance, nothingToAsk } from '#core/training/enhance/estimate-enhance.ts'
import type { EnhanceChoice, EnhanceStory } from '#core/training/enhance/part.ts'
import { readStoryText } from '#core/training/enhance/read-story-text.ts'
import { storyOfChat } from '#core/training/story-of-file.ts'
import { enhanceStory } from '#engine/enhance/enhance-story.ts'
import { fileSources } from '#engine/training/file-sources.ts'
import { type Command, type CommandIo, CommandProblem } from './command.ts'
import { openCalls, tellProgress } from './open-calls.ts'

const stageNames = ['S2', 'S3a', 'S3b', 'S4'] as const

/** Stories that are under way together; their calls share one limit. */
const mostStories = 16
/** Told at most so often, in milliseconds. */
const tellEvery = 2000

export const enhance: Command = {
  about:
    'Writes the thoughts and the planning behind the words of chats, scenes, backups, rows and plain stories, by a teacher model, as rows of HER’s full_info kind. What was answered is in OUT.journal: called again it goes on from there.',
  usage:
    'enhance --from FILE… --teacher URL[,URL…][#model] --out ROWS.jsonl [--stages S2,S3a,S3b,S4] [--turns lacking|all] [--take-all] [--at-once n] [--estimate]',
  run: async (args, io) => {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        from: { type: 'string', multiple: true, default: [] },
        teacher: { type: 'string' },
        out: { type: 'string' },
        stages: { type: 'string', default: 'S2,S3b' },
        turns: { type: 'string', default: 'lacking' },
        'take-all': { type: 'boolean', default: false },
        'at-once': { type: 'string', default: '16' },
        estimate: { type: 'boolean', default: false },
      },
    })
    const paths = [...values.from, ...positionals]
    if (paths.length === 0) throw new CommandProblem('Say which files to enhance: --from FILE')
    for (const path of paths) if (!(await isFile(path))) throw new CommandProblem(`There is no file “${path}”.`)
    const choice = choiceOf(values.stages, values.turns)
    const stories = () => readStories(paths, io)
    if (values.estimate) {
      let all = nothingToAsk
      for await (const story of stories()) all = addEstimates(all, estimateEnhance(story, choice))
      const { turns, calls, promptTokens, answerTokens } = all
      io.print(`${turns} turns, ${calls} calls, about ${promptTokens} tokens asked and ${answerTokens} answered`)
      return 0
    }
    const { teacher, out } = values
    if (!teacher || !out) throw new CommandProblem('--teacher and --out are needed.')
    const mostAtOnce = Number(values['at-once'])
    if (!(Number.isInteger(mostAtOnce) && mostAtOnce > 0)) throw new CommandProblem('--at-once is a number of calls.')
    const bind = await openCalls({ teacher }, { mostAtOnce, signal: io.signal })
    const opened = await openJsonlJournal(`${out}.journal`)
    if (!opened.ok) throw new CommandProblem(opened.error.sentence)
    const counts = { stories: 0, turns: 0, taken: 0, wrong: 0, unwritten: 0 }
    try {
      const { calls, model } = bind(opened.value).teacher
      let toldAt = Date.now()
      const tell = () => {
        if (Date.now() - toldAt < tellEvery) return
        toldAt = Date.now()
        io.tell(`${counts.stories} stories; ${tellProgress([{ calls, model }])}`)
      }
      const enhanceOne = async (story: EnhanceStory) => {
        const enhanced = await enhanceStory(story, choice, {
          ask: async (...asked) => {
            const outcome = await calls.ask(...asked)
            tell()
            return outcome
          },
          signal: io.signal,
        })
        count(enhanced, counts)
        const isTaken = values['take-all'] ? ({ stages }: { stages: readonly string[] }) => stages.length > 0 : isSound
        return JSON.stringify(enhancedRow(story, enhanced, model, isTaken))
      }
      await writeLines(out, inOrder(stories(), enhanceOne), io.signal)
      io.tell(tellProgress([{ calls, model }]))
    } finally {
      await opened.value.close()
    }
    io.print(
      `${counts.stories} stories, ${counts.turns} turns: ${counts.taken} sound, ${counts.wrong} with something wrong, ${counts.unwritten} as they were`,
    )
    return 0
  },
}

function count(
  { turns }: EnhancedStory,
  counts: Record<'stories' | 'turns' | 'taken' | 'wrong' | 'unwritten', number>,
) {
  counts.stories += 1
  counts.turns += turns.length
  counts.taken += turns.filter(isSound).length
  counts.unwritten += turns.filter(({ stages }) => stages.length === 0).length
  counts.wrong += turns.filter((turn) => turn.stages.length > 0 && !isSound(turn)).length
}

/** Some at a time, and what comes of them in their order. */
async function* inOrder<Item, Made>(
  items: AsyncIterable<Item>,
  make: (item: Item) => Promise<Made>,
): AsyncGenerator<Made> {
  const waiting: Promise<Made>[] = []
  for await (const item of items) {
    const made = make(item)
    // Awaited in its turn; a failure before that is told then.
    made.catch(() => undefined)
    waiting.push(made)
    if (waiting.length >= mostStories) yield await (waiting.shift() as Promise<Made>)
  }
  for (const made of waiting) yield await made
}

/** What is read of each story now. A text of no other kind is read as people write stories. */
async function* readStories(paths: readonly string[], io: CommandIo): AsyncGenerator<EnhanceStory> {
  for (const [index, path] of paths.entries()) {
    const name = basename(path)
    let found = 0
    if (/\.(?:txt|md)$/i.test(name)) {
      const read = readStoryText(await readFile(path, 'utf8'))
      const story = read.ok ? storyOfChat({ ...read.value, title: name }, name) : undefined
      if (story) yield toEnhance(story, `${index + 1}`)
      else io.tell(`${name}: ${read.ok ? 'Nobody is in it.' : read.error.sentence}`)
      continue
    }
    const files = [{ name, lines: () => linesOfFile(path) }]
    for await (const source of fileSources(files, (fileName, sentence) => io.tell(`${fileName}: ${sentence}`))) {
      if (typeof source === 'string') continue
      found += 1
      yield toEnhance(source.story, `${index + 1}-${found}`)
    }
  }
}

function toEnhance(story: Story, id: string): EnhanceStory {
  const { conversation, turns, cast } = story
  const path = pathTo(createTree(turns), conversation.headId).filter(({ raw }) => raw !== '')
  return {
    id,
    title: titleOf(story),
    cast,
    path,
    ...(conversation.scenario !== undefined && { scenario: conversation.scenario }),
  }
}

function choiceOf(stages: string, turns: string): EnhanceChoice {
  const named = stages.split(',').map((each) => each.trim())
  const unknown = named.find((each) => !stageNames.some((name) => name === each))
  if (unknown !== undefined) throw new CommandProblem(`--stages knows ${stageNames.join(', ')}, and not “${unknown}”.`)
  if (turns !== 'lacking' && turns !== 'all') throw new CommandProblem('--turns is “lacking” or “all”.')
  return {
    stages: {
      roleThinking: named.includes('S2'),
      forward: named.includes('S3a'),
      backward: named.includes('S3b'),
      setting: named.includes('S4'),
    },
    turns,
  }
}

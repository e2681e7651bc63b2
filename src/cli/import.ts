import { mkdir, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import { isFile, linesOfFile } from '#adapters/node/text-files.ts'
import { createFileNames } from '#core/cards/card-file-name.ts'
import { writeSceneFile } from '#core/scene-file/scene-file.ts'
import { pickScenes } from '#engine/training/pick-scenes.ts'
import { type Command, CommandProblem } from './command.ts'

export const importCommand: Command = {
  about:
    'Picks rows out of a file of HER-Dataset or CoSER (JSONL of any length, or one JSON document), and writes each as a scene that the app opens when it is dropped on it.',
  usage: 'import --from ROWS.jsonl --out FOLDER [--rows N] [--search WORDS]',
  run: async (args, io) => {
    const { values } = parseArgs({
      args: [...args],
      options: {
        from: { type: 'string' },
        out: { type: 'string' },
        rows: { type: 'string', default: '20' },
        search: { type: 'string', default: '' },
      },
    })
    const { from, out } = values
    const most = Number(values.rows)
    if (!from || !(await isFile(from))) throw new CommandProblem('Say which file to read: --from ROWS.jsonl')
    if (!out) throw new CommandProblem('Say where the scenes go: --out FOLDER')
    if (!Number.isInteger(most) || most < 1) throw new CommandProblem('--rows is a number of rows.')
    const picked = await pickScenes(
      { name: basename(from), lines: () => linesOfFile(from) },
      {
        wanted: values.search,
        most,
        signal: io.signal,
        onProgress: (looked) => io.tell(`${looked} rows looked at`),
      },
    )
    await mkdir(out, { recursive: true })
    const nameFile = createFileNames()
    for (const { draft } of picked.scenes) {
      const path = join(out, nameFile(`${draft.title.trim() || 'Scene'} (scene)`, 'json'))
      await writeFile(path, writeSceneFile(draft))
      io.print(path)
    }
    const { scenes, looked, unreadable, firstProblem, hasMore } = picked
    io.tell(`${scenes.length} scenes of ${looked} rows${hasMore ? '; the file goes on' : ''}.`)
    if (firstProblem !== undefined) io.tell(`${unreadable} can’t be read. The first: ${firstProblem}`)
    return scenes.length > 0 ? 0 : 1
  },
}

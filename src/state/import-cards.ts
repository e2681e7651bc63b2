import { type CardError, describeCardError } from '#core/cards/card-error.ts'
import { describeCardWarning } from '#core/cards/card-warning.ts'
import type { CharacterId } from '#core/ids.ts'
import type { CardImport, ImportedCard } from '#engine/import-cards.ts'
import type { Undo } from '#engine/undo.ts'
import { closeImportReport, type ImportOutcome, type NamesakeChoice, useImportRun } from './import-run.ts'
import { whyNotImported } from './why-not-imported.ts'

/** While one file's picture is drawn the next is read. */
const filesAtOnce = 2

/** Progress is shown at most this often, in milliseconds: a file often takes less. */
const showEveryMs = 80

type Namesake = Extract<ImportedCard, { kind: 'namesake' }>

/**
 * Imports card files and gives what became of each card, in the order of the files. Whose name is in the library already
 * waits until all others are in; then the reader is asked once what to do with all of them.
 * @param keepLorebook takes a file that turns out to be a lorebook.
 * @param isOther tells of a file that it is no card and is left to others; asked just before a file is read.
 */
export async function importCards(
  openCardImport: () => Promise<CardImport>,
  files: readonly File[],
  keepLorebook: (file: File) => Promise<ImportOutcome>,
  isOther: (file: File) => Promise<boolean> = async () => false,
): Promise<readonly ImportOutcome[]> {
  closeImportReport()
  useImportRun.setState({ isReading: true })
  const cancelled = new AbortController()
  const outcomesByFile: ImportOutcome[][] = files.map(() => [])
  const namesakes: { readonly card: Namesake; readonly replace: (outcome: ImportOutcome) => void; fileName: string }[] =
    []
  const show = createProgress(files.length, () => cancelled.abort())
  let next = 0
  let done = 0
  try {
    const run = await openCardImport()
    const readOn = async () => {
      while (next < files.length && !cancelled.signal.aborted) {
        const index = next++
        const file = files[index]
        const outcomes = outcomesByFile[index]
        if (!file || !outcomes) return
        show(done, file.name)
        if (!(await isOther(file))) await importOne(run, file, outcomes)
        done += 1
        show(done, file.name)
      }
    }
    await Promise.all(Array.from({ length: Math.min(filesAtOnce, files.length) }, readOn))
    const undos = await settleNamesakes()
    const outcomes = outcomesByFile.flat()
    useImportRun.setState({ outcomes, unread: files.length - done, undoUpdates: undoAll(undos) })
    return outcomes
  } finally {
    useImportRun.setState({ isReading: false, progress: undefined, question: undefined })
  }

  async function importOne(run: CardImport, file: File, outcomes: ImportOutcome[]): Promise<void> {
    try {
      for await (const { fileName, card } of run.importFile(file, file.name)) {
        if (!card.ok && fileName === file.name && isLorebook(card.error)) {
          outcomes.push(await keepLorebook(file))
        } else if (!card.ok) {
          outcomes.push({ fileName, status: 'failed', notes: [describeCardError(card.error)] })
        } else if (card.value.kind === 'namesake') {
          const place = outcomes.push(outcomeOf(fileName, card.value, 'skipped')) - 1
          const replace = (outcome: ImportOutcome) => outcomes.splice(place, 1, outcome)
          namesakes.push({ card: card.value, fileName, replace })
        } else {
          outcomes.push(outcomeOf(fileName, card.value, card.value.kind === 'known' ? 'known' : 'imported'))
        }
        if (cancelled.signal.aborted) return
      }
    } catch (error) {
      outcomes.push({ fileName: file.name, status: 'failed', notes: [whyNotImported(error)] })
    }
  }

  async function settleNamesakes(): Promise<Undo[]> {
    if (namesakes.length === 0 || cancelled.signal.aborted) return []
    const choice = await ask(namesakes.map(({ card }) => card.name))
    const undos: Undo[] = []
    if (choice === 'skip') return undos
    for (const { card, fileName, replace } of namesakes) {
      try {
        if (choice === 'both') replace(outcomeOf(fileName, card, 'imported', await card.keepBoth()))
        else {
          undos.push(await card.update())
          replace(outcomeOf(fileName, card, 'updated'))
        }
      } catch (error) {
        replace({ fileName, status: 'failed', notes: [whyNotImported(error)] })
      }
    }
    return undos
  }
}

function createProgress(total: number, cancel: () => void): (done: number, fileName: string) => void {
  let shownAt = Number.NEGATIVE_INFINITY
  return (done, fileName) => {
    const now = performance.now()
    if (now - shownAt < showEveryMs && done < total) return
    shownAt = now
    useImportRun.setState({ progress: { done, total, fileName, cancel } })
  }
}

function ask(names: readonly string[]): Promise<NamesakeChoice> {
  return new Promise((resolve) => {
    const answer = (choice: NamesakeChoice) => {
      useImportRun.setState({ question: undefined })
      resolve(choice)
    }
    useImportRun.setState({ question: { names, answer } })
  })
}

function outcomeOf(
  fileName: string,
  card: ImportedCard,
  status: ImportOutcome['status'],
  characterId: CharacterId = card.characterId,
): ImportOutcome {
  const notes = card.warnings.map(describeCardWarning)
  return { fileName, status, characterId, notes: status === 'imported' || status === 'updated' ? notes : [] }
}

/** The latest first, so that a card that was updated twice is what it was before both. */
function undoAll(undos: readonly Undo[]): Undo | undefined {
  if (undos.length === 0) return undefined
  return async () => {
    for (const undo of undos.toReversed()) await undo()
  }
}

function isLorebook(error: CardError): boolean {
  return error.type === 'unsupported-format' && (error.format === 'lorebook' || error.format === 'novelai-png')
}

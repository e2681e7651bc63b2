import { readTurn } from '#core/conversation/read-turn.ts'
import type { Turn } from '#core/conversation/turn.ts'
import type { Layer } from '#core/her/segment.ts'
import { type Cast, nameOf } from '#core/scene/cast.ts'

/**
 * Who wrote something: a model as the story went, a person, a teacher model after the story; nobody where there is none of
 * it. `unknown` is what came with a file that does not say.
 */
export type Writer = 'none' | 'model' | 'hand' | 'afterwards' | 'unknown'

/** Where a turn that is learned from comes from. Every field is in every row, as tables of columns want it. */
export interface TurnProvenance {
  readonly id: string
  /** Counts from 1 along its branch. */
  readonly turn: number
  readonly character: string
  readonly words: Writer
  readonly thoughts: Writer
  readonly planning: Writer
  /** The model that wrote the turn, or the one that this was made of; empty where none did or none is known. */
  readonly model: string
  /** The model that wrote what was written afterwards; empty where nothing was. */
  readonly teacher: string
}

/** Where a row comes from. It holds ids and names, and nothing of what was said or thought. */
export interface RowProvenance {
  /** The same whenever and in whatever shape it goes out: of its chat and its last turn, or the two takes of a pair. */
  readonly id: string
  readonly chat: string
  /** Which of the chat's branches, as in the row's trace. */
  readonly branch: number
  /** Of what the row has of its characters, in the order of its messages; of a pair the better take first. */
  readonly turns: readonly TurnProvenance[]
}

/** Tells of each turn where it comes from. */
export type TellProvenance = (turn: Turn, place: number) => TurnProvenance

interface Making {
  readonly words: Writer
  readonly thoughts: Writer
  readonly planning: Writer
  readonly model: string
  readonly teacher: string
}

const wordless: ReadonlySet<Layer> = new Set(['role_thinking', 'system_thinking'])

/**
 * @param turns among which those are that a turn was made of.
 * @param told makes a text fit to go out: names replaced, marks of templates disarmed.
 */
export function createProvenance(turns: readonly Turn[], cast: Cast, told: (text: string) => string): TellProvenance {
  const byId = new Map(turns.map((turn) => [turn.id, turn]))
  const known = new Map<Turn, Making>()
  return (turn, place) => ({
    id: told(turn.id),
    turn: place + 1,
    character: told(nameOf(turn.speaker, cast)),
    ...making(turn),
  })

  function making(turn: Turn): Making {
    const before = known.get(turn)
    if (before) return before
    // Should a file's turns be made of each other in a circle, this one is what it is found to be of itself.
    known.set(turn, { ...nothing, model: told(modelName(turn.making?.model ?? '')) })
    const made = makingOf(turn)
    known.set(turn, made)
    return made
  }

  function makingOf(turn: Turn): Making {
    const { provenance, model = '', scripted, kept } = turn.making ?? {}
    const source = sourceOf(turn)
    const by = source && making(source)
    const has = (layers: (layer: Layer) => boolean) => textOf(turn, layers) !== ''
    const writerOf = (part: 'words' | 'thoughts' | 'planning', layers: (layer: Layer) => boolean): Writer => {
      if (!has(layers)) return 'none'
      if (provenance?.stages.some((stage) => (stage === 'S2' ? 'thoughts' : 'planning') === part)) return 'afterwards'
      if (provenance) return by?.[part] ?? 'unknown'
      if (scripted || turn.template) return 'hand'
      const isMadeAnew = turn.making !== undefined && !kept?.layers.some(layers)
      if (isMadeAnew) return 'model'
      if (turn.editedFrom === undefined) return 'unknown'
      // A take goes on behind what it was begun with; a turn that was written over is compared as a whole.
      const compared = (one: Turn) => (turn.making ? partsOf(one, layers)[0] : textOf(one, layers))
      return source && by && compared(source) === compared(turn) ? by[part] : 'hand'
    }
    return {
      words: writerOf('words', (layer) => !wordless.has(layer)),
      thoughts: writerOf('thoughts', (layer) => layer === 'role_thinking'),
      planning: writerOf('planning', (layer) => layer === 'system_thinking'),
      model: model === '' ? (by?.model ?? '') : told(modelName(model)),
      teacher: provenance ? told(modelName(provenance.teacher)) : (by?.teacher ?? ''),
    }
  }

  function sourceOf({ editedFrom, making: made }: Turn): Turn | undefined {
    const id = made?.provenance?.from ?? editedFrom
    return id === undefined ? undefined : byId.get(id)
  }

  function textOf(turn: Turn, layers: (layer: Layer) => boolean): string {
    return partsOf(turn, layers).join('\n')
  }

  function partsOf(turn: Turn, layers: (layer: Layer) => boolean): string[] {
    return readTurn(turn, cast)
      .segments.filter(({ layer, text }) => layers(layer) && text.trim() !== '')
      .map(({ text }) => text.trim())
  }
}

const nothing: Making = { words: 'unknown', thoughts: 'unknown', planning: 'unknown', model: '', teacher: '' }

/** A server may call a model by the file it is in: where that lies is nobody's business. */
function modelName(model: string): string {
  return /^(?:[/~]|\.{1,2}[/\\]|[a-z]:[/\\])/i.test(model) ? (model.split(/[/\\]/).at(-1) ?? '') : model
}

import type { Speaker, Turn } from '#core/conversation/turn.ts'
import type { CharacterId } from '#core/ids.ts'

/** What of a turn says who was there. */
export type Presence = Pick<Turn, 'present' | 'left' | 'entered' | 'whisperTo'>

/** True for the character a turn is of. */
export function isTurnOf(id: CharacterId, { speaker }: { readonly speaker: Speaker }): boolean {
  return speaker.kind === 'character' && speaker.characterId === id
}

/**
 * Which turns of a path a character perceived. Where a turn says who was there, that holds: they, who spoke, and who came
 * or went with it. Where it doesn't, everyone was there but those who are yet to come in, so that somebody who joins a
 * chat in its middle knows nothing of what was before. Of a turn that is asked for, none before it is looked at.
 * @param path oldest first; a part of one is taken for all there is.
 */
export function perceivedBy(id: CharacterId, path: readonly Turn[]): (place: number) => boolean {
  // For the places looked at so far, the newest first: whether the next thing told of the character is that it comes in.
  const isYetToCome = [false]
  return (place) => {
    const turn = path[place]
    if (!turn) return false
    if (isNamedIn(turn, id)) return true
    if (turn.present) return false
    for (let at = path.length - isYetToCome.length; at > place; at -= 1) {
      const later = path[at] as Turn
      isYetToCome.push(isNamedIn(later, id) ? comesIn(later, id) : isYetToCome.at(-1) === true)
    }
    return !isYetToCome[path.length - 1 - place]
  }
}

/** Whether a character who perceives a turn hears what is said in it. */
export function hearsWords(id: CharacterId, turn: Pick<Turn, 'speaker' | 'whisperTo'>): boolean {
  return turn.whisperTo === undefined || turn.whisperTo.includes(id) || isTurnOf(id, turn)
}

/**
 * Who of the cast is there after the newest turn of a path, in the order of the cast: those of the last turn that says
 * so, and who came and went with it and since.
 * @param cast everyone in the scene, by id.
 */
export function presentAfter(path: readonly Turn[], cast: readonly CharacterId[]): CharacterId[] {
  const last = path.findLastIndex(({ present }) => present !== undefined)
  const stamp = path[last]?.present
  const present = new Set(stamp ?? cast.filter((id) => !isJoining(id, path)))
  for (const { left = [], entered = [] } of path.slice(Math.max(0, last))) {
    for (const id of left) present.delete(id)
    for (const id of entered) present.add(id)
  }
  return cast.filter((id) => present.has(id))
}

/** What another take of a turn, or its edited words, have in common with it: who was there does not change. */
export function presenceOf({ present, left, entered, whisperTo }: Presence): Presence {
  return {
    ...(present && { present }),
    ...(left && { left }),
    ...(entered && { entered }),
    ...(whisperTo && { whisperTo }),
  }
}

/**
 * Who hears the answer to a whisper: whoever the whisper was for, and who whispered, but the answerer itself. Nothing
 * where the answerer was not whispered to, and so speaks aloud.
 */
export function answerToWhisper(answerer: CharacterId, turn: Turn | undefined): CharacterId[] | undefined {
  if (!turn?.whisperTo?.includes(answerer)) return undefined
  const { speaker, whisperTo } = turn
  const whisperer = speaker.kind === 'character' ? [speaker.characterId] : []
  return [...new Set([...whisperer, ...whisperTo])].filter((id) => id !== answerer)
}

function isNamedIn(turn: Turn, id: CharacterId): boolean {
  const { present, left, entered } = turn
  return present?.includes(id) || left?.includes(id) || entered?.includes(id) || isTurnOf(id, turn)
}

function comesIn({ entered }: Turn, id: CharacterId): boolean {
  return entered?.includes(id) === true
}

/** True for who was not there when a path began. */
function isJoining(id: CharacterId, path: readonly Turn[]): boolean {
  const first = path.find((turn) => isNamedIn(turn, id))
  return first !== undefined && comesIn(first, id)
}

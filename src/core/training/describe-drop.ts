import { t } from '#lib/translate.ts'
import type { DropReason } from './check-row.ts'
import type { TrainingPlace } from './training-rows.ts'

/** Why a row did not go out, in words for whoever chose it. */
export function describeDrop(reason: DropReason): string {
  switch (reason) {
    case 'no-own-turn':
      return t('The character says nothing in it.')
    case 'card-text':
      return t('The turn is a card’s greeting: its author wrote it, no model.')
    case 'unfinished':
      return t('The turn broke off.')
    case 'no-planning':
      return t('The turn has no planning.')
    case 'empty':
      return t('A message has nothing in it.')
    case 'not-alternating':
      return t('Others and the character do not take turns.')
    case 'wrong-end':
      return t('It does not end with the character’s turn.')
    case 'no-name':
      return t('A turn of the character does not begin with its name.')
    case 'foreign-thought':
      return t('Another’s thought would have been in it.')
    case 'unheard-line':
      return t('Words would have been in it that the character did not hear.')
    case 'planning-not-last':
      return t('Planning would have been in a turn that is not the last.')
    case 'template-mark':
      return t('A mark of a chat template is in it.')
    case 'tie':
      return t('Neither take was preferred.')
    case 'take-gone':
      return t('One of the takes is gone.')
    case 'same-answers':
      return t('Both takes say the same.')
    case 'unreadable':
      return t('It could not be read.')
    case 'cast-gone':
      return t('Nobody is left of its cast, or nothing was said in it.')
  }
}

/** Where it was: `The pier, Anna, turn 3`. */
export function describePlace({ title, name, turn }: TrainingPlace): string {
  const where = [title, name].filter((text) => text !== '').join(', ')
  return turn === undefined ? where : t('{where}, turn {turn, number}', { where, turn })
}

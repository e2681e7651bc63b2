import { t } from './translate.ts'

/** Shorter ones are guessed in no time by whoever has the disk. */
const shortestPassphrase = 10

/** Why a new passphrase, given twice, can't be taken, in a sentence; undefined where it can. */
export function problemOfPassphrase(words: string, again: string): string | undefined {
  if ([...words].length < shortestPassphrase) {
    return t('Take at least {count} characters; a few words are best.', { count: shortestPassphrase })
  }
  return words === again ? undefined : t('The two are not the same.')
}

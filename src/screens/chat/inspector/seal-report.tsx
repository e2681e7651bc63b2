import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { isWhole, type PromptSeal, type SentFrom } from '#core/prompt/prompt-seal.ts'
import { countOf } from '../scene/count-of.ts'

const places: Readonly<Record<SentFrom, string>> = {
  form: 'the form',
  card: 'the card',
  persona: 'the persona',
  lore: 'lore',
  memory: 'the memory',
  story: 'the story',
  note: 'the note',
  prefill: 'what the reply begins with',
  unlabelled: 'a message of unknown origin',
}

/** Whether the request holds anything that is not its character's to know, and what was looked for. */
export function SealReport({ seal }: { readonly seal: PromptSeal }) {
  const { foreignThoughts, unheardLines, lookedFor, leaks } = seal
  const isSound = isWhole(seal)
  const Icon = isSound ? ShieldCheck : ShieldAlert
  return (
    <section aria-label="Seal" role={isSound ? undefined : 'alert'} className="text-sm">
      <p className={isSound ? 'flex items-center gap-2' : 'flex items-center gap-2 text-danger'}>
        <Icon aria-hidden className="size-4 shrink-0" />
        <strong className="font-medium">
          {countOf(foreignThoughts, 'foreign thought')}, {countOf(unheardLines, 'unheard line')}
        </strong>
        {!isSound && 'This request would not be sent.'}
      </p>
      <p className="mt-1 text-faint text-xs">
        Looked for, in all that is sent of the story: {countOf(lookedFor.thoughts, 'sentence')} that others thought or
        that were planned, and {countOf(lookedFor.lines, 'sentence')} said or done where this one was not, or whispered
        past it.{' '}
        {lookedFor.skipped > 0 && `${countOf(lookedFor.skipped, 'other')} too short to tell from what anybody says.`}
      </p>
      {leaks.length > 0 && (
        <ul className="mt-2 flex list-disc flex-col gap-1 ps-5">
          {leaks.map(({ turnId, kind, words, source }) => (
            <li key={`${turnId} ${words}`}>
              {kind === 'thought' ? 'A thought' : 'A line'} in {places[source]}: “{words}”
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

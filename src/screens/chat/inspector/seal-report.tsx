import { ShieldAlert, ShieldCheck } from 'lucide-react'
import { isWhole, type PromptSeal, type SentFrom } from '#core/prompt/prompt-seal.ts'
import { t } from '#lib/translate.ts'

const places: Readonly<Record<SentFrom, string>> = {
  form: t('the form'),
  card: t('the card'),
  persona: t('the persona'),
  lore: t('lore'),
  memory: t('the memory'),
  story: t('the story'),
  note: t('the note'),
  prefill: t('what the reply begins with'),
  unlabelled: t('a message of unknown origin'),
}

/** Whether the request holds anything that is not its character's to know, and what was looked for. */
export function SealReport({ seal }: { readonly seal: PromptSeal }) {
  const { foreignThoughts, unheardLines, lookedFor, leaks } = seal
  const isSound = isWhole(seal)
  const Icon = isSound ? ShieldCheck : ShieldAlert
  return (
    <section aria-label={t('Seal')} role={isSound ? undefined : 'alert'} className="text-sm">
      <p className={isSound ? 'flex items-center gap-2' : 'flex items-center gap-2 text-danger'}>
        <Icon aria-hidden className="size-4 shrink-0" />
        <strong className="font-medium">
          {t(
            '{foreignThoughts, plural, one {# foreign thought} other {# foreign thoughts}}, {unheardLines, plural, one {# unheard line} other {# unheard lines}}',
            { foreignThoughts, unheardLines },
          )}
        </strong>
        {!isSound && t('This request would not be sent.')}
      </p>
      <p className="mt-1 text-faint text-xs">
        {t(
          'Looked for, in all that is sent of the story: {thoughts, plural, one {# sentence} other {# sentences}} that others thought or that were planned, and {lines, plural, one {# sentence} other {# sentences}} said or done where this one was not, or whispered past it.',
          { thoughts: lookedFor.thoughts, lines: lookedFor.lines },
        )}{' '}
        {lookedFor.skipped > 0 &&
          t('{skipped, plural, one {# other} other {# others}} too short to tell from what anybody says.', {
            skipped: lookedFor.skipped,
          })}
      </p>
      {leaks.length > 0 && (
        <ul className="mt-2 flex list-disc flex-col gap-1 ps-5">
          {leaks.map(({ turnId, kind, words, source }) => (
            <li key={`${turnId} ${words}`}>
              {kind === 'thought'
                ? t('A thought in {place}: “{words}”', { place: places[source], words })
                : t('A line in {place}: “{words}”', { place: places[source], words })}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

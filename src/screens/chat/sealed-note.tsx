import type { Seals } from '#core/conversation/conversation.ts'
import { countBroken } from '#core/conversation/seals.ts'
import { t } from '#lib/translate.ts'

/** That the chat is played sealed, and how well the reader keeps to it. */
export function SealedNote({ seals }: { readonly seals: Seals }) {
  const broken = countBroken(seals)
  return (
    <p role="status" className="mx-auto w-full max-w-[42rem] px-4 text-accent text-xs sm:px-6">
      {t('Played sealed.')}{' '}
      {t('{broken, plural, =0 {No seal is broken.} one {One seal is broken.} other {# seals are broken.}}', { broken })}{' '}
      {t('The director’s cut, in the chat menu, opens all.')}
    </p>
  )
}

import type { Seals } from '#core/conversation/conversation.ts'
import { countBroken } from '#core/conversation/seals.ts'

/** That the chat is played sealed, and how well the reader keeps to it. */
export function SealedNote({ seals }: { readonly seals: Seals }) {
  const broken = countBroken(seals)
  return (
    <p role="status" className="mx-auto w-full max-w-[42rem] px-4 text-accent text-xs sm:px-6">
      Played sealed.{' '}
      {broken === 0 ? 'No seal is broken.' : broken === 1 ? 'One seal is broken.' : `${broken} seals are broken.`} The
      director’s cut, in the chat menu, opens all.
    </p>
  )
}

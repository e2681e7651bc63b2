import { t } from '#lib/translate.ts'
import { outcomeOf } from '#state/outcome-of.ts'
import { showToast } from '#ui/toasts.tsx'

const whyNot = {
  'not-saved': t('This browser could not save that. Free some disk space and try again.'),
  'written-elsewhere': t('Another tab is writing in this chat. Wait until that reply has ended.'),
}

/** Tells why something was not done in a scene. */
export async function toldWhenItFails(doing: Promise<unknown>): Promise<void> {
  const outcome = await outcomeOf(doing)
  if (outcome !== 'kept') showToast(whyNot[outcome], { tone: 'danger' })
}

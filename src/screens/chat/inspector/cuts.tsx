import { listOf, t } from '#lib/translate.ts'
import type { Preview } from '#state/previews.ts'

/** What was left out of a prompt, and why. */
export function Cuts({ prompt }: { readonly prompt: Preview['prepared']['prompt'] }) {
  const { dropped, droppedLore, droppedMemory, remembered, overBudget } = prompt
  const cuts = [
    dropped.turns > 0 &&
      t('{turns, plural, one {the oldest turn} other {the # oldest turns}} (about {tokens, number} tokens)', {
        turns: dropped.turns,
        tokens: dropped.tokens,
      }),
    dropped.examples > 0 &&
      t('{examples, plural, one {one example chat} other {# example chats}} of the card', {
        examples: dropped.examples,
      }),
    droppedMemory && t('the memory of old turns'),
    droppedLore.length > 0 && t('lore ({titles})', { titles: droppedLore.map(({ title }) => title).join(', ') }),
  ].filter((cut) => cut !== false)
  return (
    <section aria-label={t('What was cut')} className="text-sm">
      {cuts.length === 0 ? (
        <p className="text-soft">{t('Nothing was cut.')}</p>
      ) : (
        <p>
          {t(
            'Cut: {cuts}. The model’s context, less what the reply may take and a twentieth to spare, has no room for more. Examples go first, then turns, oldest first; lore and memory only where the newest turn had no room beside them.',
            { cuts: listOf(cuts) },
          )}
        </p>
      )}
      {remembered && (
        <p>
          {t(
            '{turns, plural, one {Turn 1 is not sent} other {Turns 1–# are not sent}}: a memory of about {tokens, number} tokens stands for {turns, plural, one {it} other {them}}.',
            { turns: remembered.turns, tokens: remembered.tokens },
          )}
        </p>
      )}
      {overBudget > 0 && (
        <p role="alert" className="text-danger">
          {t(
            'Even with the newest turn alone it is about {overBudget, number} tokens too long. The server may refuse it.',
            {
              overBudget,
            },
          )}
        </p>
      )}
    </section>
  )
}

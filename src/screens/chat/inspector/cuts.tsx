import type { Preview } from '#state/previews.ts'

/** What was left out of a prompt, and why. */
export function Cuts({ prompt }: { readonly prompt: Preview['prepared']['prompt'] }) {
  const { dropped, droppedLore, droppedMemory, remembered, overBudget } = prompt
  const cuts = [
    dropped.turns > 0 &&
      `${dropped.turns === 1 ? 'The oldest turn' : `The ${dropped.turns} oldest turns`} (about ${dropped.tokens} tokens)`,
    dropped.examples > 0 &&
      (dropped.examples === 1 ? 'one example chat of the card' : `${dropped.examples} example chats of the card`),
    droppedMemory && 'the memory of old turns',
    droppedLore.length > 0 && `lore (${droppedLore.map(({ title }) => title).join(', ')})`,
  ].filter((cut) => cut !== false)
  return (
    <section aria-label="What was cut" className="text-sm">
      {cuts.length === 0 ? (
        <p className="text-soft">Nothing was cut.</p>
      ) : (
        <p>
          Cut: {cuts.join(' and ')}. The model’s context, less what the reply may take and a twentieth to spare, has no
          room for more. Examples go first, then turns, oldest first; lore and memory only where the newest turn had no
          room beside them.
        </p>
      )}
      {remembered && (
        <p>
          {remembered.turns === 1 ? 'Turn 1 is not sent' : `Turns 1–${remembered.turns} are not sent`}: a memory of
          about {remembered.tokens} tokens stands for {remembered.turns === 1 ? 'it' : 'them'}.
        </p>
      )}
      {overBudget > 0 && (
        <p role="alert" className="text-danger">
          Even with the newest turn alone it is about {overBudget} tokens too long. The server may refuse it.
        </p>
      )}
    </section>
  )
}

import type { Conversation } from '#core/conversation/conversation.ts'
import { t } from '#lib/translate.ts'
import type { Layers } from '#state/layers.ts'
import { useLayers, useLayout } from '#state/layout.ts'

const choices: readonly { readonly value: Layers; readonly label: string }[] = [
  { value: 'words', label: t('Words') },
  { value: 'thoughts', label: t('+ Thoughts') },
  { value: 'planning', label: t('+ Planning') },
]

/** How deep one reads this character: what is said and done, what is thought too, or how it was planned as well. */
export function LayersSwitch({ conversation }: { readonly conversation: Conversation }) {
  const layers = useLayers(conversation)
  const setLayers = useLayout((layout) => layout.setLayers)
  return (
    <div
      role="radiogroup"
      aria-label={t('Layers')}
      className="flex rounded-lg border border-line bg-sunken p-0.5 text-xs"
    >
      {choices.map(({ value, label }) => (
        <label
          key={value}
          className="rounded-md px-2.5 py-1.5 text-soft transition-colors has-checked:bg-raised has-checked:text-ink has-checked:shadow-sm has-focus-visible:outline-2 has-focus-visible:outline-accent"
        >
          <input
            type="radio"
            name="layers"
            className="sr-only"
            checked={layers === value}
            onChange={() => setLayers(conversation, value)}
          />
          {label}
        </label>
      ))}
    </div>
  )
}

import { dimensions } from '#core/taste/dimensions.ts'
import type { Principle } from '#core/taste/principle.ts'
import { t } from '#lib/translate.ts'
import { classNames } from '#ui/class-names.ts'
import { useKeys } from './use-keys.ts'

/** The keys of the published dimensions, in their order. */
const quickKeys = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '-', '=']

interface Props {
  readonly chosen: readonly string[]
  readonly principles: readonly Principle[]
  readonly onChange: (chosen: readonly string[]) => void
}

/** By what it was decided: the twelve published dimensions, each with a key, and the reader's own principles. */
export function WhyPicker({ chosen, principles, onChange }: Props) {
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id])
  useKeys(Object.fromEntries(dimensions.map(({ id }, index) => [quickKeys[index], () => toggle(id)])))
  return (
    <fieldset className="flex flex-wrap justify-center gap-1.5">
      <legend className="mb-2 w-full text-center text-soft text-sm">{t('What decided it?')}</legend>
      {dimensions.map(({ id, label }, index) => (
        <Chip
          key={id}
          {...{ label }}
          quickKey={quickKeys[index]}
          isOn={chosen.includes(id)}
          onToggle={() => toggle(id)}
        />
      ))}
      {principles.map(({ id, name }) => (
        <Chip key={id} label={name} isOn={chosen.includes(id)} onToggle={() => toggle(id)} />
      ))}
    </fieldset>
  )
}

interface ChipProps {
  readonly label: string
  readonly quickKey?: string | undefined
  readonly isOn: boolean
  readonly onToggle: () => void
}

function Chip({ label, quickKey, isOn, onToggle }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onToggle}
      className={classNames(
        'inline-flex min-h-9 items-center gap-1.5 rounded-full border px-3 text-sm transition-colors',
        isOn ? 'border-accent bg-accent-wash text-ink' : 'border-line bg-raised text-soft hover:border-faint',
      )}
    >
      {label}
      {quickKey && (
        <kbd aria-hidden className="font-sans text-faint text-xs max-sm:hidden">
          {quickKey}
        </kbd>
      )}
    </button>
  )
}

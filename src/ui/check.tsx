import { type ReactNode, useState } from 'react'
import { classNames } from './class-names.ts'

interface Props {
  readonly label: ReactNode
  readonly isOn: boolean
  /** What it is on may come back later: from the disk, say. */
  readonly onChange: (isOn: boolean) => void | Promise<void>
  readonly className?: string
}

/** Something that is so or not. It shows what was chosen at once, and goes back where that could not be kept. */
export function Check({ label, isOn, onChange, className }: Props) {
  const [chosen, setChosen] = useState<{ readonly isOn: boolean; readonly before: boolean }>()
  const shown = chosen && chosen.before === isOn ? chosen.isOn : isOn

  function choose(wanted: boolean) {
    setChosen({ isOn: wanted, before: isOn })
    const goBack = () => setChosen(undefined)
    onChange(wanted)?.catch(goBack)
  }

  return (
    <label className={classNames('flex min-h-9 items-center gap-2 text-sm', className)}>
      <input
        type="checkbox"
        className="size-4.5 shrink-0 accent-accent"
        checked={shown}
        onChange={(event) => choose(event.target.checked)}
      />
      {label}
    </label>
  )
}

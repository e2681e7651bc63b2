import type { ReactNode } from 'react'
import type { Layer } from '#core/her/segment.ts'
import { classNames } from '#ui/class-names.ts'

const looks: Readonly<Record<Layer, string>> = {
  system_thinking: 'text-faint text-xs',
  role_thinking: 'text-soft italic',
  role_action: 'text-faint italic',
  speech: '',
}

interface Props {
  readonly parts: readonly { readonly layer: Layer; readonly text: string }[]
}

/** A line of a play in its layers. */
export function LayeredWords({ parts }: Props) {
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line that is shown does not change
    <span key={index} className={classNames(looks[part.layer])}>
      {`${part.text.trim()} `}
    </span>
  ))
}

/** What a judge found, under the line it is about. */
export function Finding({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  return (
    <p className="rounded border-danger border-s-2 bg-sunken px-3 py-1.5 font-sans text-sm" dir="auto">
      <span className="font-medium">{title}</span> {about && <span className="text-soft">{about} </span>}
      {children}
    </p>
  )
}

import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger'

export const buttonLooks: Readonly<Record<ButtonLook, string>> = {
  primary: 'bg-accent text-page px-4 hover:brightness-110 font-medium',
  plain: 'border border-line bg-raised text-ink px-4 hover:border-faint',
  quiet: 'text-soft px-2.5 hover:bg-sunken hover:text-ink',
  danger: 'border border-danger text-danger px-4 hover:bg-danger-wash',
}

interface Props extends ComponentProps<'button'> {
  readonly look?: ButtonLook
  /** Stands in a row of small print. */
  readonly isSmall?: boolean
}

export function Button({ look = 'plain', isSmall = false, className, type = 'button', ...rest }: Props) {
  return (
    <button
      type={type}
      className={classNames(
        'inline-flex items-center justify-center gap-1.5 rounded-lg transition-colors disabled:opacity-50',
        isSmall ? 'min-h-7 text-xs' : 'min-h-9 text-sm',
        buttonLooks[look],
        className,
      )}
      {...rest}
    />
  )
}

import { type ComponentProps, type ReactNode, useId } from 'react'
import { classNames } from './class-names.ts'

const box =
  'w-full rounded-lg border border-line bg-raised px-3 py-2 text-base text-ink placeholder:text-faint sm:text-sm'

interface FieldProps {
  readonly label: string
  readonly hint?: ReactNode
  readonly children: (ids: { id: string; 'aria-describedby': string | undefined }) => ReactNode
  readonly className?: string
}

/** A label, its control and a hint that belongs to it. */
export function Field({ label, hint, children, className }: FieldProps) {
  const id = useId()
  const hintId = `${id}-hint`
  return (
    <div className={classNames('flex flex-col gap-1.5', className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({ id, 'aria-describedby': hint ? hintId : undefined })}
      {hint && (
        <p id={hintId} className="text-xs text-faint">
          {hint}
        </p>
      )}
    </div>
  )
}

export function TextInput({ className, ...rest }: ComponentProps<'input'>) {
  return <input className={classNames(box, 'min-h-10', className)} {...rest} />
}

export function TextArea({ className, ...rest }: ComponentProps<'textarea'>) {
  return <textarea className={classNames(box, className)} {...rest} />
}

export function Select({ className, ...rest }: ComponentProps<'select'>) {
  return <select className={classNames(box, 'min-h-10', className)} {...rest} />
}

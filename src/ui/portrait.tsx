import { classNames } from './class-names.ts'

interface Props {
  readonly url: string | undefined
  readonly name: string
  readonly className?: string
}

/** A face in a circle, or its initial. Decorative: the name stands beside it. */
export function Portrait({ url, name, className }: Props) {
  return url ? (
    <img
      src={url}
      alt=""
      className={classNames('shrink-0 rounded-full bg-accent-wash object-cover object-top', className)}
    />
  ) : (
    <span
      aria-hidden
      className={classNames(
        'inline-flex shrink-0 items-center justify-center rounded-full bg-accent-wash font-story text-accent',
        className,
      )}
    >
      {Array.from(name.trim())[0] ?? '?'}
    </span>
  )
}

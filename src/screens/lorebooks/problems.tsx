/** What is wrong with keys, else something to know about them. */
export function Problems({
  problems,
  otherwise,
}: {
  readonly problems: readonly string[]
  readonly otherwise: string
}) {
  if (problems.length === 0) return otherwise
  return (
    <span role="alert" className="text-danger">
      {problems.join(' ')}
    </span>
  )
}

/** Word of a change is sent at most this often, in milliseconds. */
const changeEveryMs = 200

/** Sends word of changes out of a worker, many in one: what they change is asked for again, and never more often. */
export function tellChanges(onChange: (listener: () => void) => unknown, send: () => void): void {
  let isTold = false
  onChange(() => {
    if (isTold) return
    isTold = true
    setTimeout(() => {
      isTold = false
      send()
    }, changeEveryMs)
  })
}

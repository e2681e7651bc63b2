/** Gives ids that sort by the time they were made, also within one millisecond and when the clock steps back. */
export function createIdSource(now: () => number, randomBytes: (length: number) => Uint8Array): () => string {
  let lastTime = 0
  let count = 0
  return () => {
    const time = now()
    if (time > lastTime) {
      lastTime = time
      count = 0
    } else {
      count += 1
    }
    const random = Array.from(randomBytes(8), (byte) => (byte & 31).toString(32)).join('')
    return `${lastTime.toString(36).padStart(9, '0')}${count.toString(36).padStart(3, '0')}${random}`
  }
}

/** Milliseconds of processor time that `run` took: a busy machine makes the clock on the wall say anything. */
export function cpuTime(run: () => unknown): number {
  const before = process.cpuUsage()
  run()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

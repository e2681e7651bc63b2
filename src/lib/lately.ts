import { loadOnce } from './load-once.ts'

/** What does its work in methods that give promises, and nothing else. */
type Asynchronous<Service> = {
  readonly [Name in keyof Service]: Service[Name] extends (...input: never[]) => Promise<unknown>
    ? Service[Name]
    : never
}

/**
 * A service whose code comes with the first call of one of its methods, and stays. Where it can't be had, that call fails,
 * and the next one asks for it again.
 */
export function lately<Service extends Asynchronous<Service>>(load: () => Promise<Service>): Service {
  const open = loadOnce(load)
  const call =
    (name: string) =>
    async (...input: unknown[]) => {
      const service = (await open()) as Record<string, (...input: unknown[]) => Promise<unknown>>
      return service[name]?.(...input)
    }
  return new Proxy({} as Service, { get: (_, name) => (typeof name === 'string' ? call(name) : undefined) })
}

interface Rules {
  createScriptURL(url: string): string
}

interface TrustedTypes {
  createPolicy(name: string, rules: Rules): Rules
}

/**
 * What the one policy of Trusted Types gives leave for: code that is served beside the page. An address that came out of
 * a file, a reply or a blob is refused.
 */
const rules: Rules = {
  createScriptURL: (url) => {
    const here = new URL(import.meta.url)
    const { origin, protocol } = new URL(url, here)
    if (origin !== here.origin || !/^https?:$/.test(protocol)) throw new TypeError('Not code of this page')
    return url
  },
}

let policy: Rules | undefined

/**
 * The address of a worker's code, for `new Worker` the one that an import with `?worker&url` gives. The page's policy
 * (`require-trusted-types-for 'script'`) takes no other; browsers without Trusted Types have the same rule kept here.
 */
export function trustedWorker(url: string): string {
  policy ??= (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes?.createPolicy('subtext', rules) ?? rules
  return policy.createScriptURL(url)
}

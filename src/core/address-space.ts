/** How far away a host is, as browsers sort addresses for mixed content and Local Network Access. */
export type AddressSpace = 'loopback' | 'local' | 'public'

/**
 * The address space of a host name or literal as a URL writes it (an IPv6 literal in brackets). Goes by the name
 * alone: a public name that resolves to a private address counts as public, since the browser's block for mixed
 * content comes before it looks the name up.
 */
export function addressSpaceOf(hostname: string): AddressSpace {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  if (host === 'localhost' || host.endsWith('.localhost') || host === '[::1]') return 'loopback'
  if (host.endsWith('.local') || /^\[f[cd]|^\[fe[89ab]/.test(host)) return 'local'
  const [first, second] = isIpv4(host) ? host.split('.').map(Number) : []
  if (first === undefined || second === undefined) return 'public'
  if (first === 127 || first === 0) return 'loopback'
  const isPrivate =
    first === 10 ||
    (first === 172 && second >= 16 && second <= 31) ||
    (first === 192 && second === 168) ||
    (first === 169 && second === 254) ||
    (first === 100 && second >= 64 && second <= 127)
  return isPrivate ? 'local' : 'public'
}

/** Whether a host is one that people run without a certificate: an address, a local name, a name without a dot. */
export function isHomeHost(hostname: string): boolean {
  const host = hostname.toLowerCase()
  return (
    addressSpaceOf(host) !== 'public' ||
    isIpv4(host) ||
    host.startsWith('[') ||
    !host.includes('.') ||
    /\.(lan|home|internal|home\.arpa)$/.test(host)
  )
}

function isIpv4(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host)
}

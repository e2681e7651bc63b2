import type { ModelError } from '#core/model-error.ts'

/**
 * What a failed request says. `busy`: fewer at once. `away`: the endpoint, and every request to it. `again`: this request
 * may do better the next time. `request`: this request will never do. `stop`: no request will, until somebody has seen to
 * it (a key, an address), so the job stops and can be gone on with.
 */
export type FailureKind = 'busy' | 'away' | 'again' | 'request' | 'stop'

export function failureKind(error: ModelError): FailureKind {
  switch (error.kind) {
    case 'rate-limited':
      return 'busy'
    case 'unreachable':
    case 'loading':
      return 'away'
    case 'server-error':
      // 502 to 504 are said by what stands before the model.
      return error.status !== undefined && error.status > 501 && error.status < 505 ? 'away' : 'again'
    case 'stalled':
    case 'cut':
    case 'empty':
      return 'again'
    case 'rejected':
    case 'context-too-long':
      return 'request'
    default:
      return 'stop'
  }
}

export function retryAfterOf(error: ModelError): number | undefined {
  return 'retryAfterMs' in error ? error.retryAfterMs : undefined
}

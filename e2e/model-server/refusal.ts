import type { Fault } from './behaviour.ts'

/** A whole answer that is no reply. */
export interface Refused {
  readonly status: number
  readonly contentType: string
  readonly text: string
}

const page = '<!doctype html><html><head><title>Welcome to the router</title></head><body>Hello</body></html>'
const gatewayPage = '<html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>'

/** The answer of a fault that refuses the request as a whole; undefined for faults of another sort. */
export function refusal(fault: Fault, model: string): Refused | undefined {
  switch (fault) {
    case '400':
    case '422':
      return json(Number(fault), { detail: [{ loc: ['body', 'temperature'], msg: 'Input should be a number' }] })
    case '401':
      return json(401, { error: { message: 'Invalid API Key', type: 'authentication_error', code: 401 } })
    case '403':
      return json(403, { error: { message: 'Forbidden', code: 403 } })
    case '404':
      return json(404, { error: { message: `The model ${model} does not exist.`, type: 'NotFoundError', code: 404 } })
    case '429':
      return json(429, { error: { message: 'Too many requests', type: 'rate_limit_error', code: 429 } })
    case '500':
      return json(500, { error: { message: 'CUDA out of memory', type: 'server_error', code: 500 } })
    case '503':
      return json(503, { error: { message: 'Loading model', type: 'unavailable_error', code: 503 } })
    case 'json-error':
      return json(200, { error: { message: 'No endpoints found for this model.', code: 503 } })
    case 'html':
      return { status: 200, contentType: 'text/html', text: page }
    case 'gateway':
      return { status: 502, contentType: 'text/html', text: gatewayPage }
    case 'nothing':
      return { status: 200, contentType: 'text/event-stream', text: '' }
    default:
      return undefined
  }
}

function json(status: number, value: unknown): Refused {
  return { status, contentType: 'application/json', text: JSON.stringify(value) }
}

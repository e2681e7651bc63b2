// Loaded before the model server (`node --import`): tells the parent process when a request reached the socket and when
// the last byte of its answer left. Times are unix milliseconds, the clock that pages on the same machine read too.
import { subscribe } from 'node:diagnostics_channel'

const tell = (event, request) => process.send?.({ event, method: request.method, path: request.url, at: Date.now() })

subscribe('http.server.request.start', ({ request }) => tell('arrived', request))
subscribe('http.server.response.finish', ({ request }) => tell('finished', request))

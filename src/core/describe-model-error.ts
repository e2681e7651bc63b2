import { exhaustive } from '#lib/exhaustive.ts'
import { sentences } from '#lib/sentences.ts'
import { t } from '#lib/translate.ts'
import type { ServerKind } from './connection.ts'
import { corsRemedy } from './cors-remedy.ts'
import { contextSentence, foreign, inPageWords, quote, shorten } from './error-words.ts'
import { guessServerKind } from './guess-server-kind.ts'
import type { ModelError } from './model-error.ts'
import { contextRemedy, keyRemedy, startHint } from './server-hints.ts'

/** An error in words for a reader. */
export interface ErrorDescription {
  readonly title: string
  /** What happened, in one or two sentences. */
  readonly sentence: string
  /** What to do about it. */
  readonly remedy: string
  /** One line to copy into a terminal. */
  readonly command?: string
  /**
   * What has to happen before another try: nothing, some time, a change of the connection, a shorter prompt, or room
   * on the disk.
   */
  readonly retry: 'now' | 'after' | 'settings' | 'prompt' | 'storage'
  /** With `after`, how long the server asked to wait, in milliseconds. */
  readonly retryAfterMs?: number
}

/**
 * Puts an error into words. `kind` is the server's, where it is known; else it is guessed from the address, so that
 * the remedy can name the flag to start that server with. What the server said is quoted as text, never as markup.
 */
export function describeModelError(error: ModelError, kind?: ServerKind): ErrorDescription {
  switch (error.kind) {
    case 'bad-address':
      return {
        title: t('Not an address'),
        sentence: t('“{address}” is not the address of a server.', { address: shorten(error.address) }),
        remedy: t('Give something like {example}.', { example: 'http://localhost:8000/v1' }),
        retry: 'settings',
      }
    case 'unreachable':
      return error.offline
        ? {
            title: t('You are offline'),
            sentence: t('This device has no network at the moment.'),
            remedy: t('Try again when it is back. A model on this very machine works without.'),
            retry: 'now',
          }
        : {
            title: t('Nothing answers'),
            sentence: t('Nothing answers at {baseUrl}.', { baseUrl: error.baseUrl }),
            remedy: sentences(
              t('Check that the server runs and that the address and the port are right.'),
              startHint(knownKind(error.baseUrl, kind)),
            ),
            retry: 'now',
          }
    case 'cors':
      return {
        title: t('The browser may not read the answer'),
        sentence: t('A server answers at {baseUrl}, but it does not allow pages from {origin} (CORS).', {
          baseUrl: error.baseUrl,
          origin: error.origin,
        }),
        ...corsRemedy(knownKind(error.baseUrl, kind), error.origin),
        retry: 'settings',
      }
    case 'mixed-content':
      return {
        title: t('Blocked: a secure page, an insecure server'),
        sentence: t('This page came over https, so the browser does not let it call {baseUrl}, which is plain http.', {
          baseUrl: error.baseUrl,
        }),
        remedy: t(
          'Serve the model over https, give its address in numbers (192.168.…) or as a .local name, or open Subtext from your own machine with npm start.',
        ),
        retry: 'settings',
      }
    case 'local-network':
      return {
        title: t('The browser blocks your own network'),
        sentence: error.insecurePage
          ? t('This page came over plain http, and from such pages the browser refuses {baseUrl} on your network.', {
              baseUrl: error.baseUrl,
            })
          : t('The browser has not given this page leave to reach {baseUrl} on your own machine or network.', {
              baseUrl: error.baseUrl,
            }),
        remedy: error.insecurePage
          ? t('Open Subtext over https, or from your own machine with npm start.')
          : t(
              'Allow it: the icon left of the address bar, Site settings, “Local network access” (or “Apps on device”), Allow. Then try again.',
            ),
        retry: 'settings',
      }
    case 'wrong-path':
      return {
        title: t('No model behind this address'),
        sentence: sentences(
          t('Something answers at {baseUrl}, but it is not an OpenAI-compatible API (status {status}).', {
            baseUrl: error.baseUrl,
            status: error.status,
          }),
          quote(error.detail),
        ),
        remedy: t('Give the base URL, which most often ends in /v1, and not the address of a web page.'),
        retry: 'settings',
      }
    case 'redirected':
      return {
        title: t('This address leads elsewhere'),
        sentence: t(
          'The server at {baseUrl} sends requests on to another address. Neither your key nor your story goes there by itself.',
          { baseUrl: error.baseUrl },
        ),
        remedy: t('If you trust where it leads, give that address instead: https in the place of http, say.'),
        retry: 'settings',
      }
    case 'unauthorized':
      return {
        title: error.hasKey ? t('The key was refused') : t('A key is needed'),
        sentence: error.guessed
          ? error.hasKey
            ? t(
                'The server answers, but hides the model list from the browser. That is how vLLM and SGLang refuse a wrong key.',
              )
            : t(
                'The server answers, but hides the model list from the browser. That is how vLLM and SGLang refuse a missing key.',
              )
          : sentences(
              error.hasKey ? t('The server does not accept the API key.') : t('The server asks for an API key.'),
              quote(error.detail),
            ),
        remedy: keyRemedy(kind),
        retry: 'settings',
      }
    case 'locked':
      return {
        title: t('Your keys are locked'),
        sentence: t('The key of this connection is sealed with your passphrase. Nothing was sent.'),
        remedy: t('Unlock your keys, at the top of the page or under Connections, then try again.'),
        retry: 'now',
      }
    case 'unknown-model':
      return {
        title: t('Unknown model'),
        sentence: sentences(
          t('The server has no model called “{model}”.', { model: shorten(error.model) }),
          quote(error.detail),
        ),
        remedy:
          kind === 'ollama'
            ? t('Choose another model in the connection, or pull this one first.')
            : t('Choose another model in the connection.'),
        ...(kind === 'ollama' && isPlainName(error.model) && { command: `ollama pull ${error.model}` }),
        retry: 'settings',
      }
    case 'rate-limited':
      return {
        title: t('Too many requests'),
        sentence: sentences(
          error.retryAfterMs === undefined
            ? t('The server asks to wait a little.')
            : t('The server asks to wait {count, plural, one {# second} other {# seconds}}.', {
                count: seconds(error.retryAfterMs),
              }),
          quote(error.detail),
        ),
        remedy: t('Try again after that. Another model or account may be less busy.'),
        ...after(error.retryAfterMs),
      }
    case 'loading':
      return {
        title: t('The model is loading'),
        sentence: sentences(t('The server is there and still loads the model.'), quote(error.detail)),
        remedy: t('Try again in a moment; large models take minutes.'),
        ...after(error.retryAfterMs),
      }
    case 'context-too-long':
      return {
        title: t('Too long for this model'),
        sentence: contextSentence(error),
        remedy: contextRemedy(kind),
        retry: 'prompt',
      }
    case 'rejected':
      return {
        title: t('The server refused the request'),
        sentence: sentences(
          t('The server refused the request (status {status}).', { status: error.status }),
          quote(error.detail),
        ),
        remedy:
          error.status === 402 || error.status === 429
            ? t('The account has run out of credit: top it up, or use another connection.')
            : t(
                'Test the connection again, so that only what this server takes is sent; or lower the reply length in its settings.',
              ),
        retry: 'settings',
      }
    case 'server-error':
      return {
        title: t('The server failed'),
        sentence: sentences(
          error.status === undefined
            ? t('The server reported an error of its own.')
            : t('The server reported an error of its own (status {status}).', { status: error.status }),
          quote(error.detail),
        ),
        remedy: t('Try again. If it comes back, the server’s own log says more.'),
        ...(error.retryAfterMs === undefined ? { retry: 'now' } : after(error.retryAfterMs)),
      }
    case 'stalled':
      return {
        title: t('The server fell silent'),
        sentence: t('Nothing has come from the server for {count, plural, one {# second} other {# seconds}}.', {
          count: seconds(error.silentMs),
        }),
        remedy: t('Try again. It may be busy, or it was shut down in the middle.'),
        retry: 'now',
      }
    case 'cut':
      return {
        title: t('The reply was cut off'),
        sentence: sentences(t('The connection ended before the reply did. What arrived is kept.'), quote(error.detail)),
        remedy: t('Continue it, or try again.'),
        retry: 'now',
      }
    case 'empty':
      return {
        title: t('An empty reply'),
        sentence:
          error.finishReason === 'content_filter'
            ? t('The server’s content filter held the reply back.')
            : t('The model ended its turn without a word.'),
        remedy: t('Try again, or say something that calls for an answer.'),
        retry: 'now',
      }
    case 'in-page': {
      const [title, sentence, remedy] = inPageWords[error.problem]
      return {
        title,
        sentence: sentences(sentence, quote(error.detail)),
        remedy,
        retry: error.problem === 'broken' ? 'now' : 'settings',
      }
    }
    case 'unsealed':
      return {
        title: t('The request was not sent'),
        sentence: foreign(error),
        remedy: t(
          'See which in “What the model sees”. Where they stand in a memory, write that anew; else please report it.',
        ),
        retry: 'prompt',
      }
    case 'storage-full':
      return {
        title: t('Could not be saved'),
        sentence: sentences(t('This browser could not write the reply to its disk.'), quote(error.detail)),
        remedy: t('Make room (delete old chats, or free disk space), then save it. What you see is not yet kept.'),
        retry: 'storage',
      }
    default:
      return exhaustive(error)
  }
}

function knownKind(baseUrl: string, kind: ServerKind | undefined): ServerKind {
  return kind === undefined || kind === 'other' ? guessServerKind(baseUrl) : kind
}

function after(retryAfterMs: number | undefined): Pick<ErrorDescription, 'retry' | 'retryAfterMs'> {
  return { retry: 'after', ...(retryAfterMs !== undefined && { retryAfterMs }) }
}

/** Nothing in it that a shell would read as anything but a name: servers call their models what they like. */
function isPlainName(model: string): boolean {
  return /^[A-Za-z0-9][\w.:/-]*$/.test(model)
}

function seconds(milliseconds: number): number {
  return Math.max(1, Math.round(milliseconds / 1000))
}

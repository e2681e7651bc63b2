import { t } from '#lib/translate.ts'
import { type Connection, herSampling } from './connection.ts'
import type { ConnectionId } from './ids.ts'

/** The built-in model: a script that plays the bundled characters. Its address leads nowhere and is never asked. */
export const demoConnection: Connection = {
  id: 'demo' as ConnectionId,
  name: t('Built-in demo'),
  baseUrl: 'https://demo.invalid/v1',
  kind: 'demo',
  model: 'demo-script',
  transport: 'chat',
  capabilities: {
    prefill: 'trailing',
    echo: false,
    thinkingSwitch: false,
    contextTokens: 32_768,
    speaksHer: true,
    completions: false,
  },
  sampling: herSampling,
  createdAt: 0,
}

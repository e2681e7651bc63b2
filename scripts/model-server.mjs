// Starts the model server of the tests as a process of its own:
//   node scripts/model-server.mjs [--port 8000] [--kind vllm] [--key sk-test] [--context 32768]
// Its first line is one JSON object with its address.
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runnerImport } from 'vite'

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    kind: { type: 'string', default: 'vllm' },
    key: { type: 'string' },
    context: { type: 'string', default: '32768' },
  },
})

// Node 20 runs no TypeScript; Vite, which is there anyway, does it for us.
const path = fileURLToPath(new URL('../e2e/model-server/model-server.ts', import.meta.url))
const { module } = await runnerImport(path, { configFile: false, logLevel: 'error' })
const { url } = await module.startModelServer({
  port: Number(values.port),
  kind: values.kind,
  context: Number(values.context),
  ...(values.key && { key: values.key }),
})
console.log(JSON.stringify({ url, pid: process.pid }))

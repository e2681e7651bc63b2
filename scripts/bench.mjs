// `npm run bench`: one JSON object a line on standard output; progress on standard error.
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const folder = fileURLToPath(new URL('../bench/', import.meta.url))

// Each file of bench/ that ends in `.bench.ts` exports `run`, which gives figures one by one.
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.bench.ts'))
  .sort()) {
  console.error(`… ${file}`)
  const { module } = await runnerImport(`${folder}${file}`, { configFile: false, logLevel: 'error' })
  for (const figure of await module.run()) console.log(JSON.stringify(figure))
}

// Fails when package-lock.json lacks an optional package of some platform (then `npm ci` fails on that platform), or
// names a registry's host.
import { readFileSync } from 'node:fs'
import { exit } from 'node:process'

const text = readFileSync('package-lock.json', 'utf8')
const { packages } = JSON.parse(text)
const problems = []

/** Where `name` is found from the package at `path`, as Node looks it up. */
function locate(path, name) {
  for (let folder = path; ; ) {
    const candidate = `${folder ? `${folder}/` : ''}node_modules/${name}`
    if (packages[candidate]) return candidate
    if (folder === '') return undefined
    const parent = folder.lastIndexOf('/node_modules/')
    folder = parent < 0 ? '' : folder.slice(0, parent)
  }
}

for (const [path, entry] of Object.entries(packages)) {
  for (const name of Object.keys(entry.optionalDependencies ?? {})) {
    if (!locate(path, name)) problems.push(`${path || 'the project'} wants ${name}, which the lock lacks`)
  }
}
if (/"resolved":/.test(text)) problems.push('the lock names where packages were fetched from')

for (const problem of problems) console.error(problem)
exit(problems.length > 0 ? 1 : 0)

// `npm test`: everything that must hold, in the order that fails fastest. The last line is `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { cwd, env, exit } from 'node:process'
import { installBrowser } from './install-browser.mjs'

const reports = mkdtempSync(join(tmpdir(), 'subtext-test-'))
let passed = 0
let failed = 0
/** What failed, told again at the very end, where a long log is read first. */
const failures = []

// Whoever loads Vite's configuration is in development from then on; what is built and measured here is what users get.
const { NODE_ENV: _mode, ...environment } = env

/** Runs one command with its output passed through; gives whether it went well. */
function run(command, extra = {}) {
  console.log(`\n> ${command}`)
  return spawnSync(command, { shell: true, stdio: 'inherit', env: { ...environment, ...extra } }).status === 0
}

/** A check that passes or fails as a whole. */
function check(command) {
  count(command, run(command))
}

function count(command, isWell) {
  if (isWell) passed += 1
  else {
    failed += 1
    failures.push(command)
  }
}

/** Checks that keep one core each, side by side; what each printed stands together. */
async function checkTogether(commands) {
  const endings = commands.map(
    (command) =>
      new Promise((resolve) => {
        const child = spawn(command, { shell: true, env: environment })
        const printed = []
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => printed.push(text))
        child.on('close', (status) => resolve({ command, status, printed: Buffer.concat(printed).toString() }))
      }),
  )
  for (const { command, status, printed } of await Promise.all(endings)) {
    console.log(`\n> ${command}\n${printed}`)
    count(command, status === 0)
  }
}

/** A test runner that writes its counts to a file. A run that left none has failed, whatever it printed. */
function suite(command, report, read, extra) {
  const ended = run(command, extra)
  try {
    const counts = read(JSON.parse(readFileSync(report, 'utf8')))
    passed += counts.passed
    failed += counts.failed
    failures.push(...counts.titles)
    if (!ended && counts.failed === 0) {
      failed += 1
      failures.push(command)
    }
  } catch {
    failed += 1
    failures.push(command)
  }
}

/** The failed journeys of one of Playwright's suites and of those inside it. */
function unexpectedSpecs({ file, specs = [], suites: inner = [] }) {
  const failing = specs.filter((spec) => !spec.ok).map((spec) => `${file}:${spec.line} ${spec.title}`)
  return [...failing, ...inner.flatMap(unexpectedSpecs)]
}

await installBrowser()
await checkTogether(['npx tsc --noEmit', 'npx biome check --error-on-warnings . && npx knip'])
const vitestReport = join(reports, 'vitest.json')
suite(
  `npx vitest run --reporter=default --reporter=json --outputFile.json="${vitestReport}"`,
  vitestReport,
  ({ numPassedTests, numFailedTests, numFailedTestSuites, testResults }) => ({
    passed: numPassedTests,
    failed: Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0),
    titles: testResults.flatMap(({ name, status, assertionResults }) => {
      const failing = assertionResults.filter((test) => test.status === 'failed')
      const file = relative(cwd(), name)
      if (failing.length === 0) return status === 'failed' ? [file] : []
      return failing.map((test) => `${file}: ${test.fullName}`)
    }),
  }),
)
check('npx vite build --logLevel warn')
check('npx size-limit')
const playwrightReport = join(reports, 'playwright.json')
suite(
  'npx playwright test --reporter=list,json',
  playwrightReport,
  ({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    titles: suites.flatMap(unexpectedSpecs),
  }),
  // What was built and measured is what the journeys go through.
  { PLAYWRIGHT_JSON_OUTPUT_FILE: playwrightReport, E2E_BUILT: '1' },
)
rmSync(reports, { recursive: true, force: true })

for (const failure of failures) console.log(`failed: ${failure}`)
console.log(`\n${passed} passed, ${failed} failed`)
exit(failed > 0 ? 1 : 0)

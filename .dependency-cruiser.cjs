// The floor plan as code: a room may use only the rooms listed for it. This table is the architecture document.
const mayImport = {
  app: ['adapters', 'screens', 'state', 'ui', 'engine', 'ports', 'core', 'lib'],
  cli: ['engine', 'adapters', 'ports', 'core', 'lib'],
  screens: ['state', 'ui', 'core', 'lib'],
  state: ['engine', 'ports', 'core', 'lib'],
  ui: ['lib'],
  adapters: ['ports', 'core', 'lib'],
  engine: ['ports', 'core', 'lib'],
  ports: ['core', 'lib'],
  core: ['lib'],
  lib: [],
}

const mayImportFromNpm = {
  core: ['zod', 'fflate', 'diff', 'yaml'],
  lib: ['icu-minify'],
  ports: [],
  engine: ['zustand'],
}

const rooms = Object.keys(mayImport)
const notTests = '\\.(test|test-kit|bench)\\.tsx?$'

module.exports = {
  forbidden: [
    ...rooms.map((room) => ({
      name: `${room}-looks-down`,
      severity: 'error',
      from: { path: `^src/${room}/`, pathNot: notTests },
      to: {
        path: `^src/(${rooms.filter((other) => other !== room && !mayImport[room].includes(other)).join('|') || 'none'})/`,
      },
    })),
    ...Object.entries(mayImportFromNpm).map(([room, packages]) => ({
      name: `${room}-npm`,
      severity: 'error',
      from: { path: `^src/${room}/`, pathNot: notTests },
      to: { path: 'node_modules', pathNot: packages.map((name) => `node_modules/${name}/`).join('|') || '^$' },
    })),
    {
      name: 'screens-are-strangers',
      severity: 'error',
      from: { path: '^src/screens/([^/]+)/' },
      to: { path: '^src/screens/([^/]+)/', pathNot: '^src/screens/$1/' },
    },
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.tsx', '.js'], conditionNames: ['import', 'default'] },
    doNotFollow: { path: 'node_modules' },
  },
}

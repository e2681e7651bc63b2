import type { QueryClient } from '@tanstack/react-query'
import { createBrowserVoice } from '#adapters/browser-voice.ts'
import { createModelOpener } from '#adapters/openai/open-model.ts'
import { createWebLocks } from '#adapters/web-locks.ts'
import type { ConnectionId, ConversationId } from '#core/ids.ts'
import { createBackground } from '#engine/background.ts'
import { createChatEngine } from '#engine/chat.ts'
import type { Connections } from '#engine/connections.ts'
import { createIdSource } from '#engine/ids.ts'
import { createLateBetween } from '#engine/late-between.ts'
import { createLibrary } from '#engine/library.ts'
import { loadSeal } from '#engine/send-sealed.ts'
import { createStoryTree } from '#engine/story-tree.ts'
import { lately } from '#lib/lately.ts'
import { loadOnce } from '#lib/load-once.ts'
import type { ReadCardFile } from '#ports/card-reader.ts'
import type { KeyRingPort } from '#ports/key-ring.ts'
import type { ConnectPort, OpenModel } from '#ports/model.ts'
import type { Change } from '#ports/storage.ts'
import { followStorage } from '#state/follow-storage.ts'
import type { Services } from '#state/services.tsx'
import { readAllTurns } from '#state/turns-cache.ts'
import { firstScene, loadBundled, loadBundledScenes, sceneOf } from './bundled.ts'
import { beginAnew, type DiskHost, memoryOf, openStorage } from './open-storage.ts'
import { every, nextFrame } from './pace.ts'

/** After what the reader came for was shown. */
const preloadAfterMs = 400

/** The composition root: the only place that knows which parts the page is made of. */
export async function wire(queryClient: QueryClient, host: DiskHost): Promise<Services> {
  const { storage, isLasting, diskKey } = await openStorage(host, loadFirstScene)
  followStorage(storage, queryClient)
  // Another tab has locked everything: what is in memory goes with the page.
  const diskTabs = new BroadcastChannel('subtext-disk-lock')
  diskTabs.onmessage = beginAnew
  const now = () => Date.now()
  const createId = createIdSource(now, (length) => crypto.getRandomValues(new Uint8Array(length)))
  const page = {
    origin: window.location.origin,
    isSecurePage: window.location.protocol === 'https:',
    permissions: navigator.permissions,
    isOnline: () => navigator.onLine,
  }
  const keyRing = lately<KeyRingPort>(async () => {
    const { createKeyRing, deviceKeyOpener } = await import('#adapters/key-ring.ts')
    return createKeyRing(storage, deviceKeyOpener(), new BroadcastChannel('subtext-lock'))
  })
  const fetchFromPage: typeof fetch = (input, init) => fetch(input, init)

  const openEndpoint = createModelOpener({
    keyRing,
    openAdapter: openAiModel,
    fetch: fetchFromPage,
    openDemoFetch: async () => (await import('#adapters/demo/bundled.ts')).createBundledDemoFetch(),
    ...page,
  })
  const openInPage = loadOnce(async () => (await import('#adapters/in-page/in-page.ts')).openInPage(fetchFromPage))
  const openModel: OpenModel = async (connection) =>
    connection.kind === 'in-page' ? (await openInPage()).open(connection) : openEndpoint(connection)

  const connectPort = lately<ConnectPort>(async () =>
    (await import('#adapters/openai/connect-port.ts')).createConnectPort({ fetch: fetchFromPage, ...page }),
  )
  const connections = lately<Connections>(async () =>
    (await import('#engine/connections.ts')).createConnections({ storage, keyRing, connectPort, now, createId }),
  )

  const turnsOf = (conversationId: ConversationId) => readAllTurns(storage, queryClient, conversationId)
  const background = createBackground()
  const between = createLateBetween(async () =>
    (await import('#engine/open-between.ts')).openBetween({ storage, openModel, turnsOf, now, createId }, background),
  )
  const locks = createWebLocks()
  const chat = createChatEngine({
    storage,
    openModel,
    locks,
    now,
    createId,
    onFrame: nextFrame,
    every,
    turnsOf,
    between,
  })
  const library = createLibrary({ storage, now })
  let cardReader: Promise<ReadCardFile> | undefined
  const readCardFile: ReadCardFile = async function* (file, fileName) {
    cardReader ??= import('#adapters/card-reader/read-in-worker.ts').then((module) => module.createWorkerReader())
    yield* (await cardReader)(file, fileName)
  }
  async function openImport() {
    const [{ openCardImport }, { lookAtPicture }] = await Promise.all([
      import('#engine/import-cards.ts'),
      import('#adapters/look-at-picture.ts'),
    ])
    return openCardImport({ storage, readCardFile, lookAtPicture, now, createId })
  }
  async function openShelves() {
    const [{ createShelves }, { lookAtPicture }] = await Promise.all([
      import('#engine/shelve-cards.ts'),
      import('#adapters/look-at-picture.ts'),
    ])
    return createShelves(storage, lookAtPicture, now)
  }
  async function openPersonas() {
    const [{ createPersonas }, { lookAtPicture }] = await Promise.all([
      import('#engine/personas.ts'),
      import('#adapters/look-at-picture.ts'),
    ])
    return createPersonas({ storage, lookAtPicture, now, createId })
  }
  async function openAsides() {
    const { createAsides } = await import('#engine/asides.ts')
    return createAsides({ storage, openModel, now, turnsOf })
  }

  async function openStudio() {
    const [{ createStudio }, { lookAtPicture }, { pictureToPng }] = await Promise.all([
      import('#engine/studio.ts'),
      import('#adapters/look-at-picture.ts'),
      import('./picture-to-png.ts'),
    ])
    return createStudio({ storage, lookAtPicture, toPng: pictureToPng, now, createId })
  }

  async function openChatFiles() {
    const [{ createChatFiles }, { createWorkerChatFiles }] = await Promise.all([
      import('#engine/chat-files.ts'),
      import('#adapters/chat-files/worker-chat-files.ts'),
    ])
    return createChatFiles({ storage, chatFiles: createWorkerChatFiles(), now, createId, turnsOf })
  }

  async function openBackup(rows?: readonly Change[]) {
    const [{ createBackup }, { gzipBackupFiles }] = await Promise.all([
      import('#engine/backup.ts'),
      import('#adapters/gzip-backup-files.ts'),
    ])
    const source = rows ? await memoryOf(rows) : storage
    return { backup: createBackup(source, now), files: gzipBackupFiles }
  }

  // One for all: its edits wait for each other.
  const openLorebooks = loadOnce(async () =>
    (await import('#engine/lorebooks.ts')).createLorebooks({ storage, readCardFile, now, createId }),
  )

  // One for all: it knows which scenes run by themselves.
  const openScenes = loadOnce(async () =>
    (await import('#engine/scenes.ts')).createScenes({ storage, openModel, turnsOf, now, createId, chat }),
  )

  async function openSceneFiles() {
    const [{ createSceneFiles }, { readScenesInWorker }, { lookAtPicture }, { pictureToPng }] = await Promise.all([
      import('#engine/scene-files.ts'),
      import('#adapters/scene-files/read-scenes-in-worker.ts'),
      import('#adapters/look-at-picture.ts'),
      import('./picture-to-png.ts'),
    ])
    return createSceneFiles({
      storage,
      readSceneFile: readScenesInWorker,
      lookAtPicture,
      toPng: pictureToPng,
      seedBundled: async (slug) => (await seedLibrary(slug)).get(slug),
      turnsOf,
      now,
      createId,
    })
  }

  /** Who has a connection will want its key. */
  async function preloadKeyRing() {
    const chosen = await storage.get('settings', 'connection')
    if (chosen) await keyRing.get(chosen.value as ConnectionId).catch(() => undefined)
  }

  let seeding: ReturnType<typeof library.seed> = Promise.resolve(new Map())
  function seedLibrary(only?: string) {
    // One after the other, so that no two put in the same character.
    seeding = seeding.then(async () => library.seed(await loadBundled(only)))
    return seeding
  }
  setTimeout(preloadModel, preloadAfterMs)
  setTimeout(preloadKeyRing, preloadAfterMs)

  return {
    storage,
    chat,
    storyTree: createStoryTree(storage),
    scenes: openScenes,
    keptScenes: async () => (await import('#engine/kept-scenes.ts')).createKeptScenes({ storage, now, createId }),
    sceneFiles: openSceneFiles,
    bundledScenes: async () => loadBundledScenes(await seedLibrary()),
    asides: {
      writeForReader: async (asked) => {
        between.takeOver()
        return (await openAsides()).writeForReader(asked)
      },
      mirror: async (asked) => {
        between.takeOver()
        return (await openAsides()).mirror(asked)
      },
      mirrors: async (asked) => {
        between.takeOver()
        return (await openAsides()).mirrors(asked)
      },
    },
    cardHelp: async () => {
      between.takeOver()
      const { createCardHelp } = await import('#engine/card-help.ts')
      return createCardHelp({ storage, openModel })
    },
    testBench: async () => {
      between.takeOver()
      const { createTestBench } = await import('#engine/test-bench.ts')
      return createTestBench({ storage, openModel, now, onFrame: nextFrame })
    },
    casting: async () => (await import('#engine/choose-models.ts')).createModelCasting(storage),
    memories: async () => (await between.open()).memories,
    background,
    library,
    openCardImport: openImport,
    openShelves,
    openPersonas,
    openCardDesk: loadOnce(async () => (await import('./open-card-desk.ts')).openCardDesk(storage, isLasting, diskKey)),
    studio: openStudio,
    chatFiles: openChatFiles,
    openBackup,
    lorebooks: openLorebooks,
    keyRing,
    sealsKeys: globalThis.crypto?.subtle !== undefined,
    // One for all: it knows which jobs run.
    openLab: loadOnce(async () =>
      (await import('./wire-lab.ts')).wireLab({
        storage,
        locks,
        now,
        createId,
        openModel,
        turnsOf,
        chat,
        onFrame: nextFrame,
        every,
      }),
    ),
    connections,
    inPage: async () =>
      (await import('#engine/in-page.ts')).createInPageModels({ storage, port: await openInPage(), now }),
    openDiskLock: async () => (await import('#adapters/disk-lock.ts')).createDiskLock(storage, diskTabs),
    voice: createBrowserVoice(),
    openSearch: loadOnce(async () => (await import('./open-search.ts')).openSearch(storage, isLasting, diskKey)),
    seedLibrary,
    sceneOf,
    preloadModel,
    askForPersistence: () => void navigator.storage?.persist?.().catch(() => false),
    serverModel: async () => {
      const response = await fetch(`${import.meta.env.BASE_URL}endpoint.json`)
      const isJson = response.headers.get('content-type')?.includes('json')
      // A static host answers with its own page.
      return response.ok && isJson ? ((await response.json()) as { model?: string } | null) : null
    },
  }
}

/** While a new disk is laid out and the page is drawn for the first time, what is played there comes. */
function loadFirstScene(): void {
  loadBundled(firstScene).catch(() => {})
}

/** The code of the model's adapter. Once it is there it is had without a turn of the event loop. */
const openAiModel = loadOnce(() => import('#adapters/openai/openai-model.ts'))

/** Fetches the code that a first message will want. Where it can't be had now, the message asks again and says so. */
function preloadModel(): void {
  openAiModel().catch(() => {})
  loadSeal().catch(() => {})
}

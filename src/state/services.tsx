import { createContext, use } from 'react'
import type { CharacterId } from '#core/ids.ts'
import type { KeptScene } from '#core/scene-file/kept-scene.ts'
import type { Asides } from '#engine/asides.ts'
import type { BackgroundStore } from '#engine/background.ts'
import type { Backup } from '#engine/backup.ts'
import type { CardHelp } from '#engine/card-help.ts'
import type { ChatEngine } from '#engine/chat-engine.ts'
import type { ChatFiles } from '#engine/chat-files.ts'
import type { ModelCasting } from '#engine/choose-models.ts'
import type { Connections } from '#engine/connections.ts'
import type { CardImport } from '#engine/import-cards.ts'
import type { InPageModels } from '#engine/in-page.ts'
import type { KeptScenes } from '#engine/kept-scenes.ts'
import type { Library } from '#engine/library.ts'
import type { Lorebooks } from '#engine/lorebooks.ts'
import type { Memories } from '#engine/memories.ts'
import type { Personas } from '#engine/personas.ts'
import type { SceneFiles } from '#engine/scene-files.ts'
import type { Scenes } from '#engine/scenes.ts'
import type { Shelves } from '#engine/shelve-cards.ts'
import type { StoryTree } from '#engine/story-tree.ts'
import type { Studio } from '#engine/studio.ts'
import type { TestBench } from '#engine/test-bench.ts'
import type { BackupFiles } from '#ports/backup-files.ts'
import type { CardDesk } from '#ports/card-desk.ts'
import type { DiskLockPort } from '#ports/disk-lock.ts'
import type { KeyRingPort } from '#ports/key-ring.ts'
import type { SearchPort } from '#ports/search.ts'
import type { Change, StoragePort } from '#ports/storage.ts'
import type { VoicePort } from '#ports/voice.ts'
import type { Lab } from './lab-services.ts'

/** What the composition root built, for the hooks of this room. */
export interface Services {
  readonly storage: StoragePort
  readonly chat: ChatEngine
  readonly storyTree: StoryTree
  /** What is done in scenes. Its code comes when it is asked for. */
  readonly scenes: () => Promise<Scenes>
  /** Scenes that are written and not yet played, and scenes as files. Their code comes when it is asked for. */
  readonly keptScenes: () => Promise<KeptScenes>
  readonly sceneFiles: () => Promise<SceneFiles>
  /** The scenes that come with the app. There are no rows of them. */
  readonly bundledScenes: () => Promise<readonly KeptScene[]>
  readonly asides: Asides
  /** Says which model plays whom. Its code comes when it is asked for. */
  readonly casting: () => Promise<ModelCasting>
  /** What a model is asked about a card. Its code comes when it is asked for. */
  readonly cardHelp: () => Promise<CardHelp>
  /** Replies to try a card with. Its code comes when it is asked for. */
  readonly testBench: () => Promise<TestBench>
  /** Summaries of old turns. Its code comes when it is asked for. */
  readonly memories: () => Promise<Memories>
  /** What goes on between replies. */
  readonly background: BackgroundStore
  readonly library: Library
  /** Begins an import of cards. Its code comes when it is asked for, as does that of the next three. */
  readonly openCardImport: () => Promise<CardImport>
  readonly openShelves: () => Promise<Shelves>
  readonly openCardDesk: () => Promise<CardDesk>
  readonly openPersonas: () => Promise<Personas>
  /** Where cards are written. Its code comes when it is asked for. */
  readonly studio: () => Promise<Studio>
  /** Chats as files, in and out. Its code comes when it is asked for. */
  readonly chatFiles: () => Promise<ChatFiles>
  /** Everything as one file, and back. Its code comes when it is asked for. */
  /** A backup of the disk, or of these rows alone. */
  readonly openBackup: (rows?: readonly Change[]) => Promise<{ readonly backup: Backup; readonly files: BackupFiles }>
  /** The lorebooks. Their code comes when it is asked for. */
  readonly lorebooks: () => Promise<Lorebooks>
  /** Stories as data, and models that are measured. Its code comes when it is asked for. */
  readonly openLab: () => Promise<Lab>
  readonly connections: Connections
  /** Models that run in this page. Their code comes when it is asked for. */
  readonly inPage: () => Promise<InPageModels>
  readonly keyRing: KeyRingPort
  /** Keys are encrypted on disk: not so where the page's origin has no encryption (plain http on a network). */
  readonly sealsKeys: boolean
  /** The passphrase for everything. Its code comes when it is asked for. */
  readonly openDiskLock: () => Promise<DiskLockPort>
  readonly voice: VoicePort
  /** The search over the whole library; it begins to read when it is first asked for. */
  readonly openSearch: () => Promise<SearchPort>
  /** Puts the bundled characters (or the one that is named) into a fresh library; gives the ids by slug. */
  readonly seedLibrary: (only?: string) => Promise<ReadonlyMap<string, CharacterId>>
  /** How a bundled character's scene is called and how it opens. */
  readonly sceneOf: (slug: string) => Promise<{ readonly title: string; readonly opening: string } | undefined>
  /** A reply will be asked for at once: fetches the code for it meanwhile. */
  readonly preloadModel: () => void
  /** Asks the browser to keep our disk. */
  readonly askForPersistence: () => void
  /** The endpoint the server of this page forwards to; null when it was given none. */
  readonly serverModel: () => Promise<{ readonly model?: string } | null>
}

const ServicesContext = createContext<Services | undefined>(undefined)

export const ServicesProvider = ServicesContext.Provider

export function useServices(): Services {
  const services = use(ServicesContext)
  if (!services) throw new Error('No services: render inside ServicesProvider')
  return services
}

import { viewCard } from '#core/cards/view-card.ts'
import { t } from '#lib/translate.ts'
import type { Services } from '#state/services.tsx'
import { preloadParts } from '#ui/lazy-part.tsx'
import { showToast } from '#ui/toasts.tsx'
import { handOver } from './hand-over.ts'
import { keepOffline } from './keep-offline.ts'
import { goTo, takeLaunches } from './launches.ts'
import { takeAside } from './shared-files.ts'
import { followTheme } from './theme-color.ts'

/** What makes a page an app: it is there without a network, and takes what the system opens with it. Begins late. */
export async function startOffline(services: Services): Promise<void> {
  followTheme()
  const openedAt = performance.getEntriesByType('navigation')[0]?.name
  const open = (address: URL) => (address.searchParams.has('new') ? void beginAnother(services) : goTo(address))
  if (openedAt && new URL(openedAt).searchParams.has('new')) await beginAnother(services)
  takeLaunches(openedAt, open)
  await takeShared()
  const whenQuiet = () => repliesEnded(services.chat)
  if (!(await keepOffline(whenQuiet))) await preloadParts()
}

/** A chat with whom the reader talked to last; the characters, where there was no chat yet. */
async function beginAnother({ chat, storage }: Services): Promise<void> {
  const chats = (await storage.list('conversations')).filter(({ deletedAt }) => deletedAt === undefined)
  const latest = chats.sort((one, other) => other.updatedAt - one.updatedAt)[0]
  const character = latest && (await storage.get('characters', latest.characterId))
  if (!character || character.deletedAt !== undefined) return goTo(placeOf('characters'))
  const { greetings } = viewCard(character.document)
  const id = await chat.begin(
    character.id,
    greetings.length > 0 ? { kind: 'greetings', greetings, chosen: 0 } : { kind: 'blank' },
  )
  goTo(placeOf(`chat/${id}`))
}

function placeOf(path: string): URL {
  return new URL(import.meta.env.BASE_URL + path, window.location.href)
}

/** Any site may post files to a browser's tab, and only the system to an installed app. */
async function takeShared(): Promise<void> {
  if (!('caches' in window)) return
  const files = await takeAside()
  if (files.length === 0) return
  if (!matchMedia('(display-mode: browser)').matches) return handOver(files)
  const [{ name } = { name: '' }] = files
  const told =
    files.length === 1
      ? t('“{name}” was shared with Subtext.', { name })
      : t('Shared with Subtext: {count, plural, one {# file} other {# files}}.', { count: files.length })
  showToast(told, { action: { label: t('Import'), run: () => handOver(files) }, stays: true })
}

function repliesEnded({ runs }: Services['chat']): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (runs.getState().byConversation.size > 0) return
      unsubscribe()
      resolve()
    }
    const unsubscribe = runs.subscribe(look)
    look()
  })
}

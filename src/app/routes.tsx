import { Suspense, useEffect } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { t } from '#lib/translate.ts'
import { ChatScreen } from '#screens/chat/chat-screen.tsx'
import { useLayout } from '#state/layout.ts'
import { useTasteQuestion } from '#state/taste-dialog.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { rich } from '#ui/rich.ts'
import { ToastShelf } from '#ui/toasts.tsx'
import { Commands } from './commands.tsx'
import { DropAnywhere } from './drop-anywhere.tsx'
import { Home } from './home.tsx'
import { ImportQuestion } from './import-question.tsx'
import { ImportRun } from './import-run.tsx'
import { Shell } from './shell.tsx'

const ChatsScreen = lazyPart(() => import('#screens/chats/chats-screen.tsx').then((m) => ({ default: m.ChatsScreen })))
const LibraryScreen = lazyPart(() =>
  import('#screens/library/library-screen.tsx').then((m) => ({ default: m.LibraryScreen })),
)
const CharacterScreen = lazyPart(() =>
  import('#screens/character/character-screen.tsx').then((m) => ({ default: m.CharacterScreen })),
)
const LorebooksScreen = lazyPart(() =>
  import('#screens/lorebooks/lorebooks-screen.tsx').then((m) => ({ default: m.LorebooksScreen })),
)
const LorebookScreen = lazyPart(() =>
  import('#screens/lorebooks/lorebook-screen.tsx').then((m) => ({ default: m.LorebookScreen })),
)
const CardBookScreen = lazyPart(() =>
  import('#screens/lorebooks/lorebook-screen.tsx').then((m) => ({ default: m.CardBookScreen })),
)
const ConnectionsScreen = lazyPart(() =>
  import('#screens/connections/connections-screen.tsx').then((m) => ({ default: m.ConnectionsScreen })),
)
const ScenesScreen = lazyPart(() =>
  import('#screens/scenes/scenes-screen.tsx').then((m) => ({ default: m.ScenesScreen })),
)
const SceneScreen = lazyPart(() => import('#screens/scenes/scene-screen.tsx').then((m) => ({ default: m.SceneScreen })))
const SearchScreen = lazyPart(() =>
  import('#screens/search/search-screen.tsx').then((m) => ({ default: m.SearchScreen })),
)
const BinScreen = lazyPart(() => import('#screens/bin/bin-screen.tsx').then((m) => ({ default: m.BinScreen })))
const PersonasScreen = lazyPart(() =>
  import('#screens/personas/personas-screen.tsx').then((m) => ({ default: m.PersonasScreen })),
)
const StudioScreen = lazyPart(() =>
  import('#screens/studio/studio-screen.tsx').then((m) => ({ default: m.StudioScreen })),
)
const TasteDialogs = lazyPart(() =>
  import('#screens/taste/taste-dialogs.tsx').then((m) => ({ default: m.TasteDialogs })),
)
const LabScreen = lazyPart(() => import('./lab.tsx').then((m) => ({ default: m.LabScreen })))
const SettingsScreen = lazyPart(() =>
  import('#screens/settings/settings-screen.tsx').then((m) => ({ default: m.SettingsScreen })),
)

/** Which address shows which place. The chat is in the first load; the others come when they are asked for. */
export function Routes() {
  useTheme()
  const isAsked = useTasteQuestion(({ open }) => open !== undefined)
  return (
    <>
      <Shell>
        <Suspense fallback={<main className="h-full" />}>
          <Switch>
            <Route path="/">
              <Home />
            </Route>
            <Route path="/chat/:id">{({ id }) => <ChatScreen id={id} />}</Route>
            <Route path="/chats">
              <ChatsScreen />
            </Route>
            <Route path="/characters">
              <LibraryScreen />
            </Route>
            <Route path="/characters/:id">{({ id }) => <CharacterScreen id={id} />}</Route>
            <Route path="/characters/:id/lore/:part?">
              {({ id, part }) => <CardBookScreen key={id} id={id} part={part} />}
            </Route>
            <Route path="/lorebooks">
              <LorebooksScreen />
            </Route>
            <Route path="/lorebooks/:id/:part?">
              {({ id, part }) => <LorebookScreen key={id} id={id} part={part} />}
            </Route>
            <Route path="/characters/:id/edit/:tab?">{({ id, tab }) => <StudioScreen id={id} tab={tab} />}</Route>
            <Route path="/scenes">
              <ScenesScreen />
            </Route>
            <Route path="/scenes/:id">{({ id }) => <SceneScreen key={id} id={id} />}</Route>
            <Route path="/connections">
              <ConnectionsScreen />
            </Route>
            <Route path="/search">
              <SearchScreen />
            </Route>
            <Route path="/bin">
              <BinScreen />
            </Route>
            <Route path="/personas">
              <PersonasScreen />
            </Route>
            <Route path="/lab/:part?">{({ part }) => <LabScreen part={part} />}</Route>
            <Route path="/settings">
              <SettingsScreen />
            </Route>
            <Route>
              <NotFound />
            </Route>
          </Switch>
        </Suspense>
      </Shell>
      <Commands />
      <DropAnywhere />
      <ImportRun />
      <ImportQuestion />
      {isAsked && (
        <Suspense>
          <TasteDialogs />
        </Suspense>
      )}
      <ToastShelf />
    </>
  )
}

function NotFound() {
  const [location] = useLocation()
  return (
    <main className="mx-auto flex max-w-xl flex-col gap-3 p-8">
      <h1 className="font-story text-2xl">{t('There is nothing here')}</h1>
      <p className="text-soft">
        {rich('<code>{location}</code> is no place in Subtext.', { location, code: (words) => <code>{words}</code> })}
      </p>
    </main>
  )
}

/** Follows the reader's choice of theme, and the system's while they chose none. */
function useTheme() {
  const theme = useLayout((layout) => layout.theme)
  useEffect(() => {
    const system = matchMedia('(prefers-color-scheme: dark)')
    const apply = () => {
      const isDark = theme === 'system' ? system.matches : theme === 'dark'
      document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light'
    }
    apply()
    system.addEventListener('change', apply)
    return () => system.removeEventListener('change', apply)
  }, [theme])
}

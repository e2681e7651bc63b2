import { QueryClientProvider } from '@tanstack/react-query'
import { createRoot, type Root } from 'react-dom/client'
import { Router } from 'wouter'
import { noteStorageFailure } from '#state/disk-trouble.ts'
import { createQueryClient } from '#state/query-client.ts'
import { ServicesProvider } from '#state/services.tsx'
import '#ui/tokens.css'
import { CrashScreen } from './crash-screen.tsx'
import { Routes } from './routes.tsx'
import { wire } from './wire.ts'

/** The folder that the page is served from, without a slash at its end. */
const base = import.meta.env.BASE_URL.replace(/\/$/, '')

/**
 * How long the rest has to wait, in milliseconds: on a first visit until the scene has had the line for itself. A page
 * that a worker serves has everything at hand.
 */
const startOfflineAfterMs = navigator.serviceWorker?.controller ? 500 : 20_000

async function start(page: Root): Promise<void> {
  const queryClient = createQueryClient()
  let isWired = false
  const services = await wire(queryClient, {
    onBlocked: async () => {
      const { WaitingForDisk } = await import('./waiting-for-disk.tsx')
      if (!isWired) page.render(<WaitingForDisk />)
    },
    unlockDisk: async (lock) => (await import('./unlock-disk.tsx')).unlockDisk(page, lock),
  })
  isWired = true

  // What nobody waited for and the disk refused is told of the disk as a whole.
  window.addEventListener('unhandledrejection', ({ reason }) => noteStorageFailure(reason))

  page.render(
    <CrashScreen openBackup={services.openBackup}>
      <QueryClientProvider client={queryClient}>
        <ServicesProvider value={services}>
          <Router base={base}>
            <Routes />
          </Router>
        </ServicesProvider>
      </QueryClientProvider>
    </CrashScreen>,
  )
  setTimeout(
    () => void import('./offline/start.ts').then((module) => module.startOffline(services)),
    startOfflineAfterMs,
  )
}

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')
// A policy in the page can't forbid frames, and hosts of files send no headers: a framed page opens no chat.
// Neither is awaited: a file that comes later and needs this one would wait for it, and this one for that.
if (window.top === window.self) void start(createRoot(root))
else void import('./refuse-frame.ts').then(({ refuseFrame }) => refuseFrame(root))

import { BookOpen, Cable, Drama, FlaskConical, MessagesSquare, ScrollText, Settings } from 'lucide-react'
import { type ReactNode, Suspense } from 'react'
import { Link, useRoute } from 'wouter'
import { t } from '#lib/translate.ts'
import { useDiskTrouble } from '#state/disk-trouble.ts'
import { useKeyLock } from '#state/key-lock.ts'
import { useReadingMode } from '#state/reading-mode.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { RecentChats } from './recent-chats.tsx'

const DiskTroubleNote = lazyPart(() =>
  import('./disk-trouble-note.tsx').then((module) => ({ default: module.DiskTroubleNote })),
)
const LockedKeys = lazyPart(() => import('./locked-keys.tsx').then((m) => ({ default: m.LockedKeys })))

const places = [
  { href: '/chats', label: t('Chats'), icon: MessagesSquare },
  { href: '/characters', label: t('Characters'), icon: BookOpen },
  { href: '/scenes', label: t('Scenes'), icon: Drama },
  { href: '/lorebooks', label: t('Lorebooks'), icon: ScrollText },
  { href: '/connections', label: t('Connections'), icon: Cable },
  { href: '/lab', label: t('Lab'), icon: FlaskConical },
  { href: '/settings', label: t('Settings'), icon: Settings },
] as const

/** The page's frame: the places one can go to, beside what one came for. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const trouble = useDiskTrouble((disk) => disk.trouble)
  const isReading = useReadingMode((mode) => mode.isOn)
  const isLocked = useKeyLock() === 'locked'
  return (
    <div className="flex h-dvh flex-col md:flex-row">
      <header
        hidden={isReading}
        className="flex shrink-0 items-center gap-1 border-line border-b bg-sunken px-2 py-1 md:w-56 md:flex-col md:items-stretch md:overflow-y-auto md:border-e md:border-b-0 md:p-3"
      >
        <Link href="/" className="flex items-center gap-2 rounded-lg px-2 py-1.5 font-story text-lg max-md:me-auto">
          <img src={`${import.meta.env.BASE_URL}icon.svg`} alt="" className="size-6" />
          <span className="max-sm:sr-only">Subtext</span>
        </Link>
        <nav aria-label={t('Places')} className="flex gap-0.5 md:mt-2 md:flex-col">
          {places.map((place) => (
            <PlaceLink key={place.href} {...place} />
          ))}
        </nav>
        <RecentChats />
      </header>
      <div className="flex min-h-0 min-w-0 flex-1 flex-col">
        <Suspense>
          {trouble && <DiskTroubleNote trouble={trouble} />}
          {isLocked && <LockedKeys />}
        </Suspense>
        <div className="min-h-0 flex-1">{children}</div>
      </div>
    </div>
  )
}

function PlaceLink({ href, label, icon: Icon }: (typeof places)[number]) {
  const [isExact] = useRoute(href)
  const [isInside] = useRoute(`${href}/*`)
  const isHere = isExact || isInside
  return (
    <Link
      href={href}
      aria-current={isHere ? 'page' : undefined}
      className="flex min-h-9 items-center gap-2.5 rounded-lg px-2.5 text-sm text-soft hover:bg-raised hover:text-ink focus-visible:relative aria-[current=page]:bg-raised aria-[current=page]:text-ink"
    >
      <Icon aria-hidden className="size-4.5 shrink-0" strokeWidth={1.75} />
      <span className="max-md:sr-only">{label}</span>
    </Link>
  )
}

import { type ComponentType, Suspense } from 'react'
import { Link, Redirect } from 'wouter'
import { benchName } from '#core/bench-like/rubric.ts'
import { t } from '#lib/translate.ts'
import { lazyPart } from '#ui/lazy-part.tsx'

/** What can be done in the Lab, each at an address of its own below `/lab`. */
const parts: readonly { readonly path: string; readonly label: string; readonly Screen: ComponentType }[] = [
  {
    path: 'data',
    label: t('Data'),
    Screen: lazyPart(() => import('#screens/training/data-screen.tsx').then((m) => ({ default: m.DataScreen }))),
  },
  {
    path: 'enhance',
    label: t('Enhance'),
    Screen: lazyPart(() => import('#screens/enhance/enhance-screen.tsx').then((m) => ({ default: m.EnhanceScreen }))),
  },
  {
    path: 'taste',
    label: t('Taste'),
    Screen: lazyPart(() => import('#screens/taste/taste-screen.tsx').then((m) => ({ default: m.TasteScreen }))),
  },
  {
    path: 'evaluate',
    label: t('Evaluate'),
    Screen: lazyPart(() =>
      import('#screens/evaluation/evaluation-screen.tsx').then((m) => ({ default: m.EvaluationScreen })),
    ),
  },
  {
    path: 'bench',
    label: benchName,
    Screen: lazyPart(() => import('#screens/evaluation/bench-screen.tsx').then((m) => ({ default: m.BenchScreen }))),
  },
]

/** Of many a narrow window shows some. */
function showWhole(tab: HTMLElement | null): void {
  tab?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
}

/** Stories as data, and models that are measured: the frame around its parts. */
export function LabScreen({ part }: { readonly part?: string | undefined }) {
  const shown = parts.find(({ path }) => path === part)
  if (!shown) return parts[0] && <Redirect to={`/lab/${parts[0].path}`} replace />
  return (
    <div className="flex h-full min-h-0 flex-col">
      <nav
        aria-label={t('Lab')}
        className="flex shrink-0 gap-1 overflow-x-auto border-line border-b px-3 py-1.5 sm:px-6"
      >
        {parts.map(({ path, label }) => (
          <Link
            key={path}
            href={`/lab/${path}`}
            aria-current={path === part ? 'page' : undefined}
            ref={path === part ? showWhole : undefined}
            className="inline-flex min-h-9 shrink-0 items-center rounded-lg px-3 text-sm text-soft hover:bg-sunken hover:text-ink aria-[current=page]:bg-sunken aria-[current=page]:text-ink"
          >
            {label}
          </Link>
        ))}
      </nav>
      <div className="min-h-0 flex-1">
        <Suspense>
          <shown.Screen />
        </Suspense>
      </div>
    </div>
  )
}

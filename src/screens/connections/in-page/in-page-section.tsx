import { t } from '#lib/translate.ts'
import { useConnections } from '#state/connections.ts'
import { useInPageWeights } from '#state/in-page.ts'
import { AddWeights } from './add-weights.tsx'
import { JobPanel } from './job-panel.tsx'
import { LostRow } from './lost-row.tsx'
import { PartialRow } from './partial-row.tsx'
import { WeightsRow } from './weights-row.tsx'

const obstacles = {
  'no-webassembly': t('This browser runs no WebAssembly, which the engine is made of. Connect an endpoint instead.'),
  'no-large-memory': t(
    'This browser has no 64-bit memory for pages, which the engine needs. Chrome, Edge and Firefox have it; Safari, at this time, has not.',
  ),
} as const

/** Models that run here, in the page: what is kept, and how to get more. */
export function InPageSection({ activeId }: { readonly activeId: string | undefined }) {
  const stored = useInPageWeights()
  const connections = useConnections()?.filter(({ kind }) => kind === 'in-page') ?? []
  if (!stored) return null
  const { whole, partial, around } = stored
  const lost = connections.filter(({ model }) => !whole.some(({ name }) => name === model))
  const obstacle = around.obstacle && obstacles[around.obstacle]
  return (
    <section
      aria-labelledby="in-page-title"
      className="flex flex-col gap-4 rounded-2xl border border-line bg-raised p-4 sm:p-6"
    >
      <div className="flex flex-col gap-1">
        <h2 id="in-page-title" className="font-story text-xl">
          {t('In this browser')}
        </h2>
        <p className="text-soft text-sm">
          {around.hasGpu
            ? t(
                'An open model that runs in this page, on this device. Nothing you write leaves it. Small models are no match for a server’s, and slow: the graphics card helps.',
              )
            : t(
                'An open model that runs in this page, on this device. Nothing you write leaves it. Small models are no match for a server’s, and slow: this browser offers no graphics card.',
              )}
        </p>
      </div>
      {obstacle ? (
        <p role="alert" className="rounded-xl bg-sunken px-4 py-3 text-sm">
          {obstacle}
        </p>
      ) : (
        <>
          {whole.map((weights) => {
            const connection = connections.find(({ model }) => model === weights.name)
            return (
              <WeightsRow
                key={weights.name}
                weights={weights}
                connection={connection}
                isActive={connection !== undefined && connection.id === activeId}
                deviceGigabytes={around.deviceGigabytes}
              />
            )
          })}
          {partial.map((one) => (
            <PartialRow key={one.name} partial={one} />
          ))}
          {lost.map((connection) => (
            <LostRow key={connection.id} connection={connection} />
          ))}
          <JobPanel />
          <AddWeights keeps={around.keeps} isOpenAtFirst={whole.length === 0} />
        </>
      )}
    </section>
  )
}

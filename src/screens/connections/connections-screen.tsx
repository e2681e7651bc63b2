import { Suspense } from 'react'
import { Link } from 'wouter'
import { demoConnection } from '#core/demo-connection.ts'
import { t } from '#lib/translate.ts'
import { useActiveConnection, useConnections, useServerModel } from '#state/connections.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { Page } from '#ui/page.tsx'
import { ConnectForm } from './connect-form.tsx'
import { ConnectionCard } from './connection-card.tsx'
import { DemoCard } from './demo-card.tsx'
import { ParallelField } from './parallel-field.tsx'
import { ServerCard } from './server-card.tsx'

const InPageSection = lazyPart(() =>
  import('./in-page/in-page-section.tsx').then((module) => ({ default: module.InPageSection })),
)

/** The models one can talk to: the built-in demo, what the server offers, and what the reader connected. */
export function ConnectionsScreen() {
  const connections = useConnections()
  const active = useActiveConnection()
  const serverModel = useServerModel()
  const own = connections?.filter(({ kind }) => kind !== 'demo' && kind !== 'in-page') ?? []
  return (
    <Page title={t('Connections')}>
      <ConnectForm />
      {serverModel && (
        <ServerCard model={serverModel.model} isKnown={own.some((one) => one.baseUrl === `${location.origin}/v1`)} />
      )}
      <Suspense>
        <InPageSection activeId={active?.id} />
      </Suspense>
      <section aria-label={t('Your connections')} className="flex flex-col gap-3">
        {own
          .toSorted((a, b) => b.createdAt - a.createdAt)
          .map((connection) => (
            <ConnectionCard key={connection.id} connection={connection} isActive={active?.id === connection.id} />
          ))}
        <DemoCard isActive={active?.id === demoConnection.id} />
      </section>
      {own.length > 0 && <ParallelField />}
      {active && active.id !== demoConnection.id && (
        <p className="text-sm">
          <Link href="/" className="text-accent underline">
            {t('Back to the chat')}
          </Link>
        </p>
      )}
    </Page>
  )
}

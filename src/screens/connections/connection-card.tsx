import { useState } from 'react'
import type { Connection } from '#core/connection.ts'
import { useServices } from '#state/services.tsx'
import { useConnect } from '#state/use-connect.ts'
import { Button } from '#ui/button.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { showToast } from '#ui/toasts.tsx'
import { FailureText } from './failure-text.tsx'
import { WhatItCan } from './what-it-can.tsx'

interface Props {
  readonly connection: Connection
  readonly isActive: boolean
}

/** One endpoint the reader connected. */
export function ConnectionCard({ connection, isActive }: Props) {
  const { connections } = useServices()
  const { state, testAgain } = useConnect()
  const [isOpen, setOpen] = useState(false)
  return (
    <article aria-label={connection.name} className="flex flex-col gap-2 rounded-2xl border border-line p-4">
      <div className="flex flex-wrap items-center gap-2">
        <div className="mr-auto min-w-0">
          <h3 className="font-medium">
            {connection.name} {isActive && <span className="ml-1 text-accent text-xs">in use</span>}
          </h3>
          <p className="truncate text-faint text-sm">
            {connection.model} · {connection.baseUrl}
          </p>
        </div>
        {!isActive && <Button onClick={() => void connections.use(connection.id)}>Use</Button>}
        <Button look="quiet" disabled={state.phase === 'testing'} onClick={() => void testAgain(connection)}>
          {state.phase === 'testing' ? 'Testing…' : 'Test again'}
        </Button>
        <Button look="quiet" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          Adjust
        </Button>
        <Button look="quiet" onClick={() => void connections.remove(connection.id)}>
          Remove
        </Button>
      </div>
      <WhatItCan connection={connection} />
      {state.failure && <FailureText error={state.failure} kind={connection.kind} />}
      {isOpen && <Adjust key={connection.testedAt} connection={connection} onSaved={() => setOpen(false)} />}
    </article>
  )
}

/** Sampling and sizes of a connection. */
function Adjust({ connection, onSaved }: { readonly connection: Connection; readonly onSaved: () => void }) {
  const { connections } = useServices()
  const { sampling, capabilities } = connection

  async function save(form: FormData) {
    const number = (name: string) => Number(form.get(name))
    const contextTokens = number('contextTokens')
    const { contextTokens: _before, ...others } = capabilities
    await connections.change({
      ...connection,
      capabilities: { ...others, ...(contextTokens > 0 && { contextTokens }) },
      sampling: {
        ...sampling,
        temperature: number('temperature'),
        topP: number('topP'),
        maxTokens: number('maxTokens'),
      },
    })
    showToast('Saved.')
    onSaved()
  }

  return (
    <form
      className="grid grid-cols-2 gap-3 border-line border-t pt-3 sm:grid-cols-4"
      onSubmit={(event) => {
        event.preventDefault()
        void save(new FormData(event.currentTarget))
      }}
    >
      <NumberField
        label="Reply length"
        hint="tokens, planning included"
        name="maxTokens"
        value={sampling.maxTokens}
        min={16}
        max={32768}
      />
      <NumberField
        label="Context"
        hint="tokens"
        name="contextTokens"
        value={capabilities.contextTokens ?? 8192}
        min={512}
        max={2000000}
      />
      <NumberField label="Temperature" name="temperature" value={sampling.temperature} min={0} max={2} step={0.05} />
      <NumberField label="Top p" name="topP" value={sampling.topP} min={0.05} max={1} step={0.05} />
      <Button type="submit" look="primary" className="col-span-full justify-self-start">
        Save
      </Button>
    </form>
  )
}

interface NumberFieldProps {
  readonly label: string
  readonly hint?: string
  readonly name: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
}

function NumberField({ label, hint, name, value, min, max, step = 1 }: NumberFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <TextInput {...ids} type="number" name={name} defaultValue={value} min={min} max={max} step={step} required />
      )}
    </Field>
  )
}

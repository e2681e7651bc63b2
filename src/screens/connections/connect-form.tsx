import { useEffect, useRef, useState } from 'react'
import type { Connection } from '#core/connection.ts'
import { modelLabel } from '#core/model-label.ts'
import { t } from '#lib/translate.ts'
import { useServices } from '#state/services.tsx'
import { useConnect } from '#state/use-connect.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { Field, Select, TextInput } from '#ui/field.tsx'
import { FailureText } from './failure-text.tsx'
import { WhatItCan } from './what-it-can.tsx'

/** How long after the last key an address is looked up, in milliseconds. */
const lookUpAfterMs = 600

const keptSealed = t('If the server asks for one. It stays in this browser, encrypted.')
const keptOpen = t(
  'If the server asks for one. It stays in this browser. Pages that come over plain http can’t encrypt it: forget it, or serve this page over https.',
)

/** One field to paste an address into; the model list, the test and what the server can do follow from it. */
export function ConnectForm() {
  const { sealsKeys } = useServices()
  const { state, discover, connect, cancel } = useConnect()
  const [address, setAddress] = useState('')
  const [key, setKey] = useState('')
  const [forgetsKey, setForgetsKey] = useState(false)
  const [model, setModel] = useState('')
  const lookedUp = useRef('')

  useEffect(() => {
    const wanted = `${address.trim()}\n${key.trim()}`
    if (address.trim().length < 5 || wanted === lookedUp.current) return
    const timer = setTimeout(() => {
      // Connect was pressed meanwhile, and looks it up itself.
      if (lookedUp.current === wanted) return
      lookedUp.current = wanted
      void discover(address, key)
    }, lookUpAfterMs)
    return () => clearTimeout(timer)
  }, [address, key, discover])

  const models = state.discovery?.models ?? []
  const chosen = models.some(({ id }) => id === model) ? model : (models[0]?.id ?? '')
  const isBusy = state.phase === 'testing'

  return (
    <form
      className="flex flex-col gap-4 rounded-2xl border border-line bg-raised p-4 sm:p-6"
      onSubmit={(event) => {
        event.preventDefault()
        lookedUp.current = `${address.trim()}\n${key.trim()}`
        void connect(address, key, { model: chosen || undefined, forgetsKey })
      }}
    >
      <h2 className="font-story text-xl">{t('Connect a model')}</h2>
      <Field
        label={t('Base URL')}
        hint={t(
          'An OpenAI-compatible server: vLLM, SGLang, llama.cpp, Ollama, LM Studio, OpenRouter and others. With or without /v1.',
        )}
      >
        {(ids) => (
          <TextInput
            {...ids}
            inputMode="url"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            placeholder="http://localhost:8000"
            value={address}
            onChange={(event) => setAddress(event.target.value)}
          />
        )}
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label={t('API key')} hint={sealsKeys ? keptSealed : keptOpen}>
          {(ids) => (
            <TextInput
              {...ids}
              type="password"
              autoComplete="off"
              value={key}
              onChange={(event) => setKey(event.target.value)}
            />
          )}
        </Field>
        <Field label={t('Model')} hint={state.phase === 'discovering' ? t('Looking…') : modelHint(models.length)}>
          {(ids) => (
            <Select
              {...ids}
              value={chosen}
              disabled={models.length === 0}
              onChange={(event) => setModel(event.target.value)}
            >
              {models.map(({ id }) => (
                <option key={id} value={id}>
                  {modelLabel(id)}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </div>
      {key.trim() !== '' && (
        <Check label={t('Forget the key when this page is closed')} isOn={forgetsKey} onChange={setForgetsKey} />
      )}
      {state.failure && <FailureText error={state.failure} kind={state.discovery?.kind} />}
      <div className="flex items-center gap-3">
        <Button type="submit" look="primary" disabled={address.trim() === '' || isBusy}>
          {t('Connect')}
        </Button>
        {isBusy && (
          <>
            <span role="status" className="text-sm text-soft">
              {state.step ?? t('Asking the server…')}
            </span>
            <Button look="quiet" onClick={cancel}>
              {t('Cancel')}
            </Button>
          </>
        )}
      </div>
      {state.connection && <Connected connection={state.connection} />}
    </form>
  )
}

function modelHint(count: number): string {
  if (count === 0) return t('Listed once the server answers.')
  return t('{count, plural, one {The one model there.} other {# models.}}', { count })
}

function Connected({ connection }: { readonly connection: Connection }) {
  return (
    <div role="status" className="rounded-xl bg-accent-wash px-4 py-3 text-sm">
      <p className="font-medium">
        {t('Connected to {model}. It answers from now on.', { model: modelLabel(connection.model) })}
      </p>
      <WhatItCan connection={connection} />
    </div>
  )
}

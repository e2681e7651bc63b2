import { Suspense, useState } from 'react'
import type { Persona } from '#core/conversation/conversation.ts'
import { defaultPersonaId } from '#core/conversation/persona.ts'
import { type Theme, useLayout } from '#state/layout.ts'
import { usePersona, useSavePersona } from '#state/personas.ts'
import { Button } from '#ui/button.tsx'
import { Field, TextArea, TextInput } from '#ui/field.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { Page } from '#ui/page.tsx'
import { showToast } from '#ui/toasts.tsx'

const BackupSection = lazyPart(() =>
  import('./backup-section.tsx').then((module) => ({ default: module.BackupSection })),
)

const themes: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'system', label: 'As the system' },
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
]

/** Who the reader is, and how the page looks. */
export function SettingsScreen() {
  const persona = usePersona()
  const theme = useLayout((layout) => layout.theme)
  const setTheme = useLayout((layout) => layout.setTheme)
  return (
    <Page title="Settings">
      {persona !== undefined && <PersonaForm persona={persona} />}
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 font-story text-xl">Appearance</legend>
        {themes.map(({ value, label }) => (
          <label key={value} className="flex items-center gap-2.5 text-sm">
            <input
              type="radio"
              name="theme"
              className="accent-accent"
              checked={theme === value}
              onChange={() => setTheme(value)}
            />
            {label}
          </label>
        ))}
      </fieldset>
      <Suspense>
        <BackupSection />
      </Suspense>
    </Page>
  )
}

function PersonaForm({ persona }: { readonly persona: Persona | null }) {
  const savePersona = useSavePersona()
  const [name, setName] = useState(persona?.name ?? '')
  const [description, setDescription] = useState(persona?.description ?? '')

  async function save() {
    await savePersona({ id: defaultPersonaId, name: name.trim(), description: description.trim() })
    showToast('Saved.')
  }

  return (
    <form
      className="flex max-w-xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <h2 className="font-story text-xl">Who you are</h2>
      <Field label="Your name" hint="What characters call you. Without one they meet a stranger.">
        {(ids) => (
          <TextInput {...ids} value={name} maxLength={80} required onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Field label="About you" hint="What a character knows of you: looks, station, how you met. Goes into the prompt.">
        {(ids) => (
          <TextArea
            {...ids}
            className="field-sizing-content min-h-24"
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
        )}
      </Field>
      <Button type="submit" look="primary" className="self-start">
        Save
      </Button>
    </form>
  )
}

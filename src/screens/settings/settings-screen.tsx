import { Suspense } from 'react'
import { Link } from 'wouter'
import { type Theme, useLayout } from '#state/layout.ts'
import { useNewChatPersona, usePersona } from '#state/personas.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import { Page } from '#ui/page.tsx'

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
  const theme = useLayout((layout) => layout.theme)
  const setTheme = useLayout((layout) => layout.setTheme)
  return (
    <Page title="Settings">
      <WhoYouAre />
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

/** Who the reader is in new chats, and the way to all they can be. */
function WhoYouAre() {
  const id = useNewChatPersona()
  const persona = usePersona(id)
  if (persona === undefined) return null
  return (
    <section className="flex flex-col items-start gap-2">
      <h2 className="font-story text-xl">Who you are</h2>
      <p className="text-soft">
        {persona
          ? `In new chats you play ${persona.name}.`
          : 'Characters meet a stranger: you have not said who you are.'}
      </p>
      <Link
        href="/personas"
        className="inline-flex min-h-9 items-center rounded-lg border border-line bg-raised px-4 text-sm hover:border-faint"
      >
        {persona ? 'Your personas' : 'Say who you are'}
      </Link>
    </section>
  )
}

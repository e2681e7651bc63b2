import { Suspense, useState } from 'react'
import { Link } from 'wouter'
import { t } from '#lib/translate.ts'
import { type Theme, useLayout } from '#state/layout.ts'
import { useNewChatPersona, usePersona } from '#state/personas.ts'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { Field, Select } from '#ui/field.tsx'
import { lazyPart } from '#ui/lazy-part.tsx'
import { Page } from '#ui/page.tsx'

const BackupSection = lazyPart(() =>
  import('./backup-section.tsx').then((module) => ({ default: module.BackupSection })),
)

const EverythingSection = lazyPart(() =>
  import('./everything-section.tsx').then((module) => ({ default: module.EverythingSection })),
)

const themes: readonly { readonly value: Theme; readonly label: string }[] = [
  { value: 'system', label: t('As the system') },
  { value: 'light', label: t('Light') },
  { value: 'dark', label: t('Dark') },
]

/** Who the reader is, and how the page looks. */
export function SettingsScreen() {
  const theme = useLayout((layout) => layout.theme)
  const setTheme = useLayout((layout) => layout.setTheme)
  return (
    <Page title={t('Settings')}>
      <WhoYouAre />
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1.5 font-story text-xl">{t('Appearance')}</legend>
        {themes.map(({ value, label }) => (
          <label key={value} className="flex min-h-6 items-center gap-2.5 text-sm">
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
      <LanguageChoice />
      <Suspense>
        <BackupSection />
        <EverythingSection />
      </Suspense>
    </Page>
  )
}

/** Each in its own tongue, so that whoever ended up in a wrong one finds theirs. */
const languages = { en: 'English', 'zh-Hans': '简体中文', ar: 'العربية' } as const

/** The page is opened anew in another language: its words are there before anything is said. So it waits for a word. */
function LanguageChoice() {
  const current = useLayout((layout) => layout.language)
  const setLanguage = useLayout((layout) => layout.setLanguage)
  const [chosen, setChosen] = useState(current)
  return (
    <form
      className="flex max-w-md flex-wrap items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        setLanguage(chosen)
        window.location.reload()
      }}
    >
      <Field label={t('Language')} className="min-w-56 flex-1">
        {(ids) => (
          <Select {...ids} value={chosen} onChange={(event) => setChosen(event.target.value as typeof chosen)}>
            <option value="system">{t('As the browser has it')}</option>
            {Object.entries(languages).map(([language, name]) => (
              <option key={language} value={language} lang={language}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button type="submit" disabled={chosen === current}>
        {t('Use this language')}
      </Button>
    </form>
  )
}

/** Who the reader is in new chats, and the way to all they can be. */
function WhoYouAre() {
  const id = useNewChatPersona()
  const persona = usePersona(id)
  return (
    <section className={classNames('flex flex-col items-start gap-2', persona === undefined && 'invisible')}>
      <h2 className="font-story text-xl">{t('Who you are')}</h2>
      <p className="text-soft">
        {persona
          ? t('In new chats you play {name}.', { name: persona.name })
          : t('Characters meet a stranger: you have not said who you are.')}
      </p>
      <Link
        href="/personas"
        className="inline-flex min-h-9 items-center rounded-lg border border-line bg-raised px-4 text-sm hover:border-faint"
      >
        {persona ? t('Your personas') : t('Say who you are')}
      </Link>
    </section>
  )
}

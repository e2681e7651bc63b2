// Before the first paint, so that a dark page never flashes light, nor one that is read from the right turns round under
// its reader. A file of its own: the CSP allows no inline script.
;(() => {
  let theme = 'system'
  let language = 'system'
  try {
    const kept = JSON.parse(localStorage.getItem('subtext-layout') ?? '{}').state
    theme = kept?.theme ?? 'system'
    language = kept?.language ?? 'system'
  } catch {
    // No storage, or not ours: as the system and the browser have it.
  }
  const root = document.documentElement
  const dark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
  root.dataset.theme = dark ? 'dark' : 'light'

  // By language and script: who reads Chinese in Taiwan has the next of their languages.
  const ours = { 'en-Latn': 'en', 'zh-Hans': 'zh-Hans', 'ar-Arab': 'ar' }
  const spoken = (tag) => {
    // Written one way wherever it is spoken: the browser need not load its tables of languages, which takes it a while.
    const [, plain] = /^(en|ar)(?:-(?:[a-z]{2}|\d{3}))?$/i.exec(tag) ?? []
    if (plain) return plain.toLowerCase()
    const { language, script } = new Intl.Locale(tag).maximize()
    return ours[`${language}-${script}`]
  }
  root.lang = language === 'system' ? (navigator.languages.map(spoken).find(Boolean) ?? 'en') : language
  // Read by the interface as it starts (src/lib/translate.ts), which looks nowhere else for its language.
  root.dir = root.lang === 'ar' ? 'rtl' : 'ltr'
})()

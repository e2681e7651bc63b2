// Before the first paint, so that a dark page never flashes light. A file of its own: the CSP allows no inline script.
;(() => {
  let theme = 'system'
  try {
    theme = JSON.parse(localStorage.getItem('subtext-layout') ?? '{}').state?.theme ?? 'system'
  } catch {
    // No storage, or not ours: the system's theme it is.
  }
  const dark = theme === 'system' ? matchMedia('(prefers-color-scheme: dark)').matches : theme === 'dark'
  document.documentElement.dataset.theme = dark ? 'dark' : 'light'
})()

/** Gives the window's frame the colour of the page, which the reader may have set apart from the system's. */
export function followTheme(): void {
  const root = document.documentElement
  const apply = () => {
    const color = getComputedStyle(root).backgroundColor
    for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) meta.content = color
  }
  apply()
  new MutationObserver(apply).observe(root, { attributeFilter: ['data-theme'] })
}

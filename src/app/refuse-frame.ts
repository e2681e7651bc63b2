import { t } from '#lib/translate.ts'

/** What a page within another page shows: no word of a chat, and the way out. */
export function refuseFrame(root: HTMLElement): void {
  const link = document.createElement('a')
  link.href = import.meta.env.BASE_URL
  link.target = '_blank'
  link.rel = 'noopener noreferrer'
  link.className = 'text-accent underline'
  link.textContent = t('Open Subtext')
  const sentence = document.createElement('p')
  sentence.textContent = t('Subtext shows nothing within another page, so that nobody else’s page can play with yours.')
  const main = document.createElement('main')
  main.className = 'mx-auto flex max-w-xl flex-col gap-3 p-8'
  main.append(sentence, link)
  root.replaceChildren(main)
}

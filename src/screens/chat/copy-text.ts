import { t } from '#lib/translate.ts'
import { showToast } from '#ui/toasts.tsx'

/** Puts a text on the clipboard, and says whether that was let happen. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    showToast(t('Copied.'))
  } catch {
    // Absent on plain-http origins, or refused by the reader.
    showToast(t('This browser did not let the page copy. Select the text and copy it by hand.'), { tone: 'danger' })
  }
}

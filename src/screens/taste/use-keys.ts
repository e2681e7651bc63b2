import { useEffect } from 'react'

/**
 * Does what a key stands for while the component is there; a key that is held down counts once. In a field, and with a
 * modifier, keys are the field's and the browser's.
 */
export function useKeys(doByKey: Readonly<Record<string, (() => void) | undefined>>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.repeat || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return
      const target = event.target as HTMLElement
      if (target.closest('input:not([type=radio]):not([type=checkbox]), textarea, select, [role=menu]')) return
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key
      // A button that has the focus is pressed by Enter and the blank itself.
      if ((key === 'Enter' || key === ' ') && target.closest('button, a, summary')) return
      const act = doByKey[key]
      if (!act) return
      event.preventDefault()
      act()
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  })
}

import type { TurnId } from '#core/ids.ts'
import { direction } from '#lib/translate.ts'

/** Pixels after which a finger that moves sideways means to swipe, and after which it has. */
const beginsAt = 12
const doneAt = 72

/** How far a turn follows the finger at most, in pixels. */
const follows = 96

/**
 * Watches for fingers that swipe a turn sideways, which then follows them. The turns leave the browser the ways up and
 * down alone (`touch-action`), so a scroll is never taken for a swipe.
 * @param onSwipe gets the turn and which way its takes are walked: the next comes as the next page of a book does.
 * @returns the way out.
 */
export function watchSwipes(element: HTMLElement, onSwipe: (turnId: TurnId, step: 1 | -1) => void): () => void {
  let swipe: { article: HTMLElement; pointerId: number; x: number; y: number; isSure: boolean } | undefined

  const start = (event: PointerEvent) => {
    const article = event.target instanceof Element ? event.target.closest<HTMLElement>('article[data-turn]') : null
    if (event.pointerType !== 'touch' || !event.isPrimary || !article) return
    swipe = { article, pointerId: event.pointerId, x: event.clientX, y: event.clientY, isSure: false }
  }
  const move = (event: PointerEvent) => {
    if (swipe?.pointerId !== event.pointerId) return
    const x = event.clientX - swipe.x
    if (!swipe.isSure) {
      if (Math.abs(x) < beginsAt) return
      // Whoever marks words moves sideways too.
      if (Math.abs(x) < 2 * Math.abs(event.clientY - swipe.y) || !document.getSelection()?.isCollapsed) {
        swipe = undefined
        return
      }
      swipe.isSure = true
      swipe.article.style.transition = 'none'
    }
    swipe.article.style.transform = `translateX(${Math.max(-follows, Math.min(follows, x))}px)`
  }
  const letGo = (isDone: boolean) => (event: PointerEvent) => {
    if (swipe?.pointerId !== event.pointerId) return
    const { article, isSure, x: from } = swipe
    swipe = undefined
    if (!isSure) return
    article.style.transition = ''
    article.style.transform = ''
    const x = event.clientX - from
    const turnId = article.dataset['turn'] as TurnId | undefined
    if (isDone && turnId && Math.abs(x) >= doneAt) onSwipe(turnId, x < 0 === (direction === 'ltr') ? 1 : -1)
  }
  const end = letGo(true)
  const cancel = letGo(false)
  element.addEventListener('pointerdown', start)
  element.addEventListener('pointermove', move)
  element.addEventListener('pointerup', end)
  element.addEventListener('pointercancel', cancel)
  return () => {
    element.removeEventListener('pointerdown', start)
    element.removeEventListener('pointermove', move)
    element.removeEventListener('pointerup', end)
    element.removeEventListener('pointercancel', cancel)
  }
}

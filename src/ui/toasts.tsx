import { useEffect } from 'react'
import { create } from 'zustand'
import { t } from '#lib/translate.ts'
import { Button } from './button.tsx'

interface Toast {
  readonly id: number
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
  readonly tone: 'plain' | 'danger'
  /** Until it is answered or dismissed. */
  readonly stays?: boolean | undefined
}

interface Toasts {
  readonly toasts: readonly Toast[]
}

const useToasts = create<Toasts>(() => ({ toasts: [] }))
let lastId = 0

/** How long a note stays, in milliseconds: long enough to reach for its button. */
const staysMs = 10_000

/** Shows a short note at the foot of the page, with at most one thing to do about it. */
export function showToast(text: string, options: Partial<Pick<Toast, 'action' | 'tone' | 'stays'>> = {}): void {
  lastId += 1
  const toast: Toast = {
    id: lastId,
    text,
    tone: 'plain',
    ...options,
  }
  useToasts.setState(({ toasts }) => ({ toasts: [...toasts.slice(-2), toast] }))
}

function dismiss(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}

/** Where notes appear; mounted once. */
export function ToastShelf() {
  const toasts = useToasts((state) => state.toasts)
  return (
    <div
      role="status"
      aria-live="polite"
      className="pointer-events-none fixed inset-x-0 bottom-28 z-40 flex flex-col items-center gap-2 px-4"
    >
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastCard({ toast }: { readonly toast: Toast }) {
  useEffect(() => {
    if (toast.stays) return
    const timer = setTimeout(() => dismiss(toast.id), staysMs)
    return () => clearTimeout(timer)
  }, [toast.id, toast.stays])
  const { action } = toast
  return (
    <div className="pointer-events-auto flex max-w-lg items-center gap-3 rounded-xl border border-line bg-raised py-1.5 pe-2 ps-4 text-sm shadow-xl">
      <span className={toast.tone === 'danger' ? 'text-danger' : undefined}>{toast.text}</span>
      {action && (
        <Button
          look="quiet"
          className="font-medium text-accent"
          onClick={() => {
            dismiss(toast.id)
            action.run()
          }}
        >
          {action.label}
        </Button>
      )}
      <Button look="quiet" aria-label={t('Dismiss')} onClick={() => dismiss(toast.id)}>
        ×
      </Button>
    </div>
  )
}

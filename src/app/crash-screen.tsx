import { Component, type ReactNode } from 'react'
import { Button } from '#ui/button.tsx'

/** The last boundary: says that the page failed, and that the chats did not. */
export class CrashScreen extends Component<{ readonly children: ReactNode }, { readonly error?: Error }> {
  override state: { readonly error?: Error } = {}

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <main className="mx-auto flex max-w-xl flex-col items-start gap-4 p-8">
        <h1 className="font-story text-2xl">The page stumbled</h1>
        <p className="text-soft">
          Something in Subtext failed. Your chats and characters are on this browser’s disk and were not touched.
        </p>
        <pre className="max-w-full overflow-x-auto rounded-lg bg-sunken p-3 text-xs">{error.message}</pre>
        <Button look="primary" onClick={() => window.location.reload()}>
          Load the page again
        </Button>
      </main>
    )
  }
}

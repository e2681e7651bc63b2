import { Component, type ReactNode } from 'react'
import { t } from '#lib/translate.ts'
import { backupName } from '#state/backup-name.ts'
import type { Services } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { saveFile } from '#ui/save-file.ts'

interface Props {
  readonly openBackup: Services['openBackup']
  readonly children: ReactNode
}

interface State {
  readonly error?: Error
  /** Why no backup could be made. */
  readonly problem?: string
}

/** The last boundary: says that the page failed, and that the chats did not. */
export class CrashScreen extends Component<Props, State> {
  override state: State = {}

  static getDerivedStateFromError(error: Error) {
    return { error }
  }

  private async saveBackup() {
    try {
      const { backup, files } = await this.props.openBackup()
      saveFile(await files.pack(backup.write()), backupName(Date.now()))
    } catch (error) {
      this.setState({ problem: t('The backup could not be made: {why}', { why: String(error) }) })
    }
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <main className="mx-auto flex max-w-xl flex-col items-start gap-4 p-8">
        <h1 className="font-story text-2xl">{t('The page stumbled')}</h1>
        <p className="text-soft">
          {t('Something in Subtext failed. Your chats and characters are on this browser’s disk and were not touched.')}
        </p>
        <pre className="max-w-full overflow-x-auto rounded-lg bg-sunken p-3 text-xs">{error.message}</pre>
        <div className="flex flex-wrap gap-2">
          <Button look="primary" onClick={() => window.location.reload()}>
            {t('Load the page again')}
          </Button>
          <Button onClick={() => void this.saveBackup()}>{t('Save a backup first')}</Button>
        </div>
        {this.state.problem && <p className="text-danger text-sm">{this.state.problem}</p>}
      </main>
    )
  }
}

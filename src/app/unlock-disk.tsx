import { deleteDB } from 'idb'
import { useState } from 'react'
import type { Root } from 'react-dom/client'
import { convertRows, readDiskLock } from '#adapters/convert-rows.ts'
import { openVault } from '#adapters/passphrase.ts'
import { createRowSeal } from '#adapters/row-seal.ts'
import { formatNumber, t } from '#lib/translate.ts'
import type { DiskLock } from '#ports/storage.ts'
import { writeDiskMark } from '#state/disk-mark.ts'
import { Button } from '#ui/button.tsx'
import { PassphraseField } from '#ui/passphrase-field.tsx'

/** Held by every tab that has the disk in use, and by one alone while rows are sealed or opened. */
const inUse = 'subtext-disk'

/**
 * Asks for the passphrase for everything, in the place of the page, and resolves when it was given: to the key, or to
 * undefined where the seal was taken away. Seals and opens rows first, where that was asked for.
 */
export function unlockDisk(page: Root, lock: DiskLock): Promise<CryptoKey | undefined> {
  return new Promise((resolve) => {
    page.render(
      <UnlockDisk
        lock={lock}
        onUnlocked={(key) => {
          // Until the tab is closed. Nothing waits for it but who wants the disk alone.
          void navigator.locks.request(inUse, { mode: 'shared' }, () => new Promise(() => {}))
          resolve(key)
        }}
      />,
    )
  })
}

interface Props {
  readonly lock: DiskLock
  readonly onUnlocked: (key: CryptoKey | undefined) => void
}

function UnlockDisk({ lock, onUnlocked }: Props) {
  const [passphrase, setPassphrase] = useState('')
  const [state, setState] = useState<'asking' | 'busy' | 'wrong' | 'waiting' | { readonly share: number }>('asking')
  const [isForgetting, setForgetting] = useState(false)
  const isConverting = state === 'waiting' || typeof state === 'object'

  async function submit() {
    setState('busy')
    const key = await openVault(lock.vault, passphrase)
    if (!key) {
      setPassphrase('')
      return setState('wrong')
    }
    // Another tab may have done it since this one was opened, or while this one waits.
    const isDone = (now: DiskLock | undefined) => now === undefined || now.phase === 'sealed'
    if (!isDone(await readDiskLock())) {
      setState('waiting')
      await navigator.locks.request(inUse, async () => {
        const now = await readDiskLock()
        if (now && !isDone(now)) await convertRows(now, createRowSeal(key), (share) => setState({ share }))
      })
    }
    onUnlocked((await readDiskLock()) && key)
  }

  return (
    <main className="mx-auto flex max-w-md flex-col gap-4 p-8 pt-[20vh]">
      <h1 className="font-story text-2xl">{t('Subtext is locked')}</h1>
      {isConverting ? (
        <p role="status" className="text-soft">
          {state === 'waiting'
            ? t('Waiting until the other tabs of Subtext have let go. If this stays, close them.')
            : lock.phase === 'opening'
              ? t('Taking the seal away: {share}%', { share: formatNumber(Math.floor(state.share * 100)) })
              : t('Sealing everything: {share}%', { share: formatNumber(Math.floor(state.share * 100)) })}
        </p>
      ) : (
        <form
          className="flex flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault()
            void submit()
          }}
        >
          <p className="text-soft">{t('All that is kept here is sealed with a passphrase.')}</p>
          <PassphraseField label={t('Passphrase')} value={passphrase} onChange={setPassphrase} />
          <div className="flex flex-wrap gap-2">
            <Button type="submit" look="primary" disabled={passphrase === '' || state === 'busy'}>
              {state === 'busy' ? t('Unlocking…') : t('Unlock')}
            </Button>
            {state === 'wrong' && (
              <Button look="quiet" aria-expanded={isForgetting} onClick={() => setForgetting(!isForgetting)}>
                {t('I have forgotten it')}
              </Button>
            )}
          </div>
          <p role="alert" className="text-danger text-sm">
            {state === 'wrong' && t('This is not the passphrase. Nothing was unlocked.')}
          </p>
        </form>
      )}
      {isForgetting && !isConverting && (
        <section className="flex flex-col items-start gap-2 text-sm">
          <p>
            {t(
              'Nobody can open it without the passphrase. You can delete everything in this browser, begin anew, and restore a backup if you have one.',
            )}
          </p>
          <Button look="danger" onClick={() => void deleteEverything()}>
            {t('Delete everything in this browser')}
          </Button>
        </section>
      )}
    </main>
  )
}

async function deleteEverything(): Promise<void> {
  writeDiskMark(undefined)
  await deleteDB('subtext')
  window.location.reload()
}

import { useState } from 'react'
import { size } from '#core/in-page/describe-weights-problem.ts'
import { suggestedModels } from '#core/in-page/suggested-models.ts'
import { fileNameOf, weightsUrls } from '#core/in-page/weights-url.ts'
import { t } from '#lib/translate.ts'
import { useWeightsJob } from '#state/in-page.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { Field, TextInput } from '#ui/field.tsx'
import { FileButton } from '#ui/file-button.tsx'

interface Props {
  /** Files can be kept here. */
  readonly keeps: boolean
  readonly isOpenAtFirst: boolean
}

/** Where a model can come from: a file on this device, an address, or a short list. */
export function AddWeights({ keeps, isOpenAtFirst }: Props) {
  const { job, ask, take } = useWeightsJob()
  const [isKept, setKept] = useState(true)
  const [url, setUrl] = useState('')
  const isBusy = job.phase === 'running' || job.phase === 'asking'
  const urls = weightsUrls(url)
  return (
    <details open={isOpenAtFirst} className="group border-line border-t pt-4">
      <summary className="cursor-pointer font-medium">{t('Get a model')}</summary>
      <div className="mt-4 flex flex-col gap-5">
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <FileButton
            label={t('Choose a .gguf file')}
            accept=".gguf"
            look="plain"
            isBusy={isBusy}
            onFiles={(files) => files.length > 0 && void take(files, keeps && isKept)}
          />
          {keeps ? (
            <Check label={t('Keep a copy in this browser')} isOn={isKept} onChange={setKept} />
          ) : (
            <p className="text-faint text-sm">
              {t('For this visit: pages that came over plain http can’t keep files of this size.')}
            </p>
          )}
        </div>
        {keeps && (
          <>
            <form
              className="flex flex-wrap items-end gap-3"
              onSubmit={(event) => {
                event.preventDefault()
                void ask(url, urls?.[0] === undefined ? url : fileNameOf(urls[0]))
              }}
            >
              <Field
                label={t('Or the address of one')}
                hint={t(
                  'From Hugging Face, or any server that lets pages download from it. Nobody is asked before you press.',
                )}
                className="min-w-64 flex-1"
              >
                {(ids) => (
                  <TextInput
                    {...ids}
                    inputMode="url"
                    autoComplete="off"
                    autoCapitalize="off"
                    spellCheck={false}
                    placeholder="https://huggingface.co/…/resolve/main/model.gguf"
                    value={url}
                    onChange={(event) => setUrl(event.target.value)}
                  />
                )}
              </Field>
              <Button type="submit" disabled={url.trim() === '' || isBusy} className="sm:mb-6">
                {t('Download…')}
              </Button>
            </form>
            <ul aria-label={t('Open models')} className="flex flex-col gap-3">
              {suggestedModels.map(({ name, url: address, megabytes, gigabytesNeeded, licence, words }) => (
                <li key={name} className="flex flex-wrap items-center gap-2">
                  <div className="me-auto min-w-0 flex-1 basis-64">
                    <p className="font-medium text-sm">{name}</p>
                    <p className="text-faint text-sm">
                      {t('{size}, about {gigabytes, number} GB of memory', {
                        size: size(megabytes * 1e6),
                        gigabytes: gigabytesNeeded,
                      })}{' '}
                      · {licence} · {words}
                    </p>
                  </div>
                  <Button
                    aria-label={t('Download {name}…', { name })}
                    disabled={isBusy}
                    onClick={() => void ask(address, name)}
                  >
                    {t('Download…')}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </details>
  )
}

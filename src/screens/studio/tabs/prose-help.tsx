import { useState } from 'react'
import { askFromProse, type HelpMessage } from '#core/cards/help/ask-help.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { Field, TextArea } from '#ui/field.tsx'

/** What of a model's window a page may take: the answer is about as long as a page. */
const shareForProse = 0.5

interface Props {
  readonly isRunning: boolean
  readonly contextTokens: number | undefined
  readonly onAsk: (messages: readonly HelpMessage[]) => Promise<void>
}

/** A page somebody wrote, made into a card. */
export function ProseHelp({ isRunning, contextTokens, onAsk }: Props) {
  const [prose, setProse] = useState('')
  const tokens = estimateTokens(prose)
  const isTooLong = contextTokens !== undefined && tokens > contextTokens * shareForProse
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (prose.trim() !== '') void onAsk(askFromProse(prose))
      }}
    >
      <Field
        label={t('A page of prose about the character')}
        hint={
          isTooLong
            ? t(
                'About {tokens, plural, one {# token} other {# tokens}}: more than this model can read and answer. Give it the pages that matter most.',
                { tokens },
              )
            : t('A scene, a letter, notes. Whom it is most about becomes the character.')
        }
      >
        {(ids) => <TextArea {...ids} rows={8} value={prose} onChange={(event) => setProse(event.target.value)} />}
      </Field>
      <Button
        type="submit"
        look="primary"
        className="self-start"
        disabled={isRunning || prose.trim() === '' || isTooLong}
      >
        {t('Propose a card')}
      </Button>
    </form>
  )
}

import { useState } from 'react'
import type { Conversation } from '#core/conversation/conversation.ts'
import type { Choosing } from '#core/scene/next-speaker.ts'
import { t } from '#lib/translate.ts'
import { useScenes } from '#state/scenes.ts'
import { Field, TextInput } from '#ui/field.tsx'
import { FormDialog } from '#ui/form-dialog.tsx'
import { showToast } from '#ui/toasts.tsx'
import { toldWhenItFails } from './told-when-it-fails.ts'

const ways: readonly { readonly by: Choosing; readonly label: string; readonly hint: string }[] = [
  { by: 'mention', label: t('Whoever is spoken to'), hint: t('Else in turn.') },
  { by: 'turns', label: t('In turn'), hint: t('In the order of the cast, round and round.') },
  {
    by: 'talkativeness',
    label: t('By how talkative they are'),
    hint: t('By chance, weighed by what their cards say; half where they say nothing.'),
  },
  {
    by: 'model',
    label: t('The model chooses'),
    hint: t('One short request more for each turn. It may also call on the environment, or end the scene.'),
  },
  { by: 'hand', label: t('By hand'), hint: t('Nobody answers by themselves: ask someone in the strip, “Answer now”.') },
]

const mostTurns = 50
const usualTurns = 6

const told: Readonly<Record<string, string>> = {
  over: t('The scene has come to its end.'),
  nobody: t('Nobody is there to go on.'),
}

interface Props {
  readonly conversation: Conversation
  readonly onClose: () => void
}

/** How it is found who speaks next in this scene, and for how many turns it runs by itself. Both are remembered. */
export function RunDialog({ conversation: { id, speaksNext }, onClose }: Props) {
  const { scenes } = useScenes(id)
  const [by, setBy] = useState(speaksNext?.by ?? 'mention')
  const [wanted, setWanted] = useState(String(speaksNext?.turns ?? usualTurns))
  const turns = Math.min(mostTurns, Math.max(1, Math.round(Number(wanted)) || 1))
  const isByHand = by === 'hand'

  async function begin() {
    onClose()
    await scenes?.chooseNext(id, { by, turns })
    const until = isByHand ? undefined : await scenes?.letItRun(id, turns, by)
    const words = until && told[until]
    if (words) showToast(words)
  }

  return (
    <FormDialog
      title={t('Let it run')}
      submitLabel={isByHand ? t('Keep') : t('Begin')}
      canSubmit={scenes !== undefined}
      onSubmit={() => void toldWhenItFails(begin())}
      onClose={onClose}
    >
      <fieldset className="flex flex-col gap-1">
        <legend className="mb-1.5 font-medium text-sm">{t('Who speaks next')}</legend>
        {ways.map(({ by: way, label, hint }) => (
          <label
            key={way}
            className="flex items-start gap-2.5 rounded-lg px-2 py-1.5 text-sm hover:bg-sunken has-checked:bg-accent-wash"
          >
            <input
              type="radio"
              name="speaks-next"
              className="mt-0.5 size-4 shrink-0 accent-accent"
              checked={by === way}
              onChange={() => setBy(way)}
            />
            <span>
              {label}
              <span className="block text-faint text-xs">{hint}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <Field label={t('Turns')} hint={t('Stop is beside it while it runs; whatever you say ends it too.')}>
        {(ids) => (
          <TextInput
            {...ids}
            type="number"
            inputMode="numeric"
            min={1}
            max={mostTurns}
            disabled={isByHand}
            value={wanted}
            className="max-w-24"
            onChange={({ target }) => setWanted(target.value)}
          />
        )}
      </Field>
    </FormDialog>
  )
}

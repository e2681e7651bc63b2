import type { ReactNode } from 'react'
import type { Connection } from '#core/connection.ts'
import type { Making, Turn } from '#core/conversation/turn.ts'
import { modelLabel } from '#core/model-label.ts'
import { formatNumber, locale, t } from '#lib/translate.ts'
import type { Players } from '#state/cast.ts'
import { useConnections } from '#state/connections.ts'
import { Button } from '#ui/button.tsx'
import { Dialog } from '#ui/dialog.tsx'

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'medium' })
interface Props {
  readonly turn: Turn
  readonly players: Players
  readonly onClose: () => void
}

/** Who answered in a turn, when, and what it took. */
export function AboutDialog({ turn, players, onClose }: Props) {
  const { making = {}, speaker, createdAt, whisperTo } = turn
  const nameOf = (characterId: NonNullable<typeof whisperTo>[number]) =>
    players.labelOf({ kind: 'character', characterId })
  return (
    <Dialog title={t('About this turn')} onClose={onClose}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-sm [&_dt]:text-faint">
        <Fact label={t('Whose')}>{players.labelOf(speaker)}</Fact>
        <Fact label={t('Written')}>{dates.format(createdAt)}</Fact>
        {whisperTo && whisperTo.length > 0 && <Fact label={t('Whispered to')}>{whisperTo.map(nameOf).join(', ')}</Fact>}
        <Answerer making={making} />
        <Fact label={t('Until the first word')}>{seconds(making.firstByteMs)}</Fact>
        <Fact label={t('Planning')}>{seconds(making.planningMs)}</Fact>
        <Fact label={t('In all')}>{seconds(making.totalMs)}</Fact>
        <Fact label={t('Prompt')}>{tokens(making.promptTokens)}</Fact>
        <Fact label={t('Reply')}>{tokens(making.completionTokens)}</Fact>
        <Fact label={t('Seal')}>
          {making.sealedFrom === undefined
            ? undefined
            : t('0 foreign thoughts, 0 unheard lines, of {sealedFrom, number} looked for', {
                sealedFrom: making.sealedFrom,
              })}
        </Fact>
        <Fact label={t('Turns left out')}>{making.droppedTurns && formatNumber(making.droppedTurns)}</Fact>
        <Fact label={t('Turns a summary stood for')}>
          {making.rememberedTurns && formatNumber(making.rememberedTurns)}
        </Fact>
      </dl>
      <Button look="primary" className="self-end" onClick={onClose}>
        {t('Close')}
      </Button>
    </Dialog>
  )
}

/** The model by the name it had then, and the connection it was asked through while that is there. */
function Answerer({ making: { model, connectionId, scripted, fellBack } }: { readonly making: Making }) {
  const connection = useConnections()?.find(({ id }) => id === connectionId)
  if (model === undefined) return null
  return (
    <>
      <Fact label={t('Answered by')}>{scripted ? t('The built-in demo’s script') : modelLabel(model)}</Fact>
      {!scripted && (
        <Fact label={t('Through')}>{connection ? addressOf(connection) : t('A connection that is gone')}</Fact>
      )}
      {fellBack && <Fact label={t('Because')}>{t('The connection that was chosen for who speaks was gone.')}</Fact>}
    </>
  )
}

function addressOf({ name, kind, baseUrl }: Connection): string {
  return kind === 'in-page' ? t('{name} (in this browser)', { name }) : `${name} (${baseUrl})`
}

function Fact({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  if (children === undefined || children === 0) return null
  return (
    <>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </>
  )
}

function seconds(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : t('{seconds, number, ::.0} s', { seconds: ms / 1000 })
}

function tokens(count: number | undefined): string | undefined {
  return count === undefined ? undefined : t('{count, plural, one {# token} other {# tokens}}', { count })
}

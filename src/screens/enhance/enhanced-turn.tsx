import { useState } from 'react'
import { readTurn } from '#core/conversation/read-turn.ts'
import { diffTakes } from '#core/diff/diff-takes.ts'
import { parseReply } from '#core/her/parse.ts'
import type { Layer } from '#core/her/segment.ts'
import { nameOf } from '#core/scene/cast.ts'
import { type EnhancedChat, type EnhancedTurn, isSound } from '#core/training/enhance/enhanced.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { DiffRow } from '#ui/diff-row.tsx'

const layers: Readonly<Record<Layer, { readonly label: string; readonly className: string }>> = {
  system_thinking: { label: t('Planning'), className: 'font-sans text-[0.8125rem] text-soft' },
  role_thinking: { label: t('Inner thought'), className: 'font-story text-soft italic' },
  role_action: { label: t('Action'), className: 'font-story text-[0.9375rem] text-soft italic' },
  speech: { label: t('Speech'), className: 'font-story' },
}

interface Props {
  readonly chat: EnhancedChat
  readonly enhanced: EnhancedTurn
  readonly isRunning: boolean
  readonly isTaken: boolean
  readonly onAgain: () => void
  readonly onTake: () => void
}

/** One turn beside what it was, with what the checks say of it. */
export function EnhancedTurnView({ chat, enhanced, isRunning, isTaken, onAgain, onTake }: Props) {
  const [isOpen, setIsOpen] = useState(false)
  const { findings, problems, stages, place, raw } = enhanced
  const turn = chat.path[place]
  if (!turn) return null
  const name = nameOf(turn.speaker, chat.cast)
  const words =
    readTurn(turn, chat.cast)
      .segments.find(({ layer }) => layer === 'speech')
      ?.text.trim() ?? ''
  return (
    <li className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-center gap-2">
        <p className="me-auto min-w-0 flex-1 basis-60 text-sm">
          <span className="font-semibold">{name}</span> <span className="text-soft">{shortened(words)}</span>
          <span className="ms-2 whitespace-nowrap text-faint text-xs">
            {stages.length === 0 ? t('unchanged') : stages.join(' · ')}
            {isTaken && ` · ${t('taken')}`}
          </span>
        </p>
        <div className="flex flex-wrap gap-2">
          <Button aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {isOpen ? t('Close') : t('Compare')}
          </Button>
          <Button disabled={isRunning} onClick={onAgain}>
            {t('Once more')}
          </Button>
          <Button disabled={isRunning || stages.length === 0} onClick={onTake}>
            {isSound(enhanced) ? t('Take') : t('Take it anyway')}
          </Button>
        </div>
      </div>
      {(findings.length > 0 || problems.length > 0) && (
        <ul className="flex flex-col gap-1 text-sm">
          {problems.map((problem) => (
            <li key={problem} className="text-danger">
              {problem}
            </li>
          ))}
          {findings.map(({ check, weight, sentence, place: at }) => (
            <li
              key={`${check} ${at?.segment} ${sentence}`}
              className={weight === 'wrong' ? 'text-danger' : 'text-soft'}
            >
              {sentence}
              {at && (
                <span className="text-faint text-xs">
                  {' '}
                  — {t('{layer}: “{words}”', { layer: layers[at.layer].label, words: shortened(at.words) })}
                </span>
              )}
            </li>
          ))}
        </ul>
      )}
      {isOpen && (
        <div className="flex flex-col gap-4 rounded-lg bg-sunken p-3">
          {diffTakes(readTurn(turn, chat.cast).segments, parseReply(raw, { speaker: name }).segments).map(
            (row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one comparison never move
              <DiffRow key={index} pieces={row.pieces} {...layers[row.layer]} />
            ),
          )}
          {enhanced.reason && <p className="text-faint text-xs">{enhanced.reason}</p>}
        </div>
      )}
    </li>
  )
}

function shortened(words: string): string {
  return words.length > 90 ? `${words.slice(0, 87).trimEnd()}…` : words
}

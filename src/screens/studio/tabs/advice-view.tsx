import { useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import { helpFieldAt } from '#core/cards/help/help-fields.ts'
import { type Advice, type Severity, textAt } from '#core/cards/lint/advice.ts'
import type { CharacterId } from '#core/ids.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { PlaceLink } from '#ui/place-link.tsx'
import { DiffText } from './diff-text.tsx'
import { ExcerptView } from './excerpt-view.tsx'

const severityNames: Readonly<Record<Severity, string>> = {
  problem: t('Problem'),
  advice: t('To improve'),
  note: t('To think about'),
}

const severityLooks: Readonly<Record<Severity, string>> = {
  problem: 'text-danger',
  advice: 'text-accent',
  note: 'text-faint',
}

interface Props {
  readonly characterId: CharacterId
  readonly advice: Advice
  readonly document: CardDocument
  readonly onFix: () => void
  readonly onHide: () => void
}

/** One piece of advice: why, where, and what can be done about it. A fix is seen before it is made. */
export function AdviceView({ characterId, advice, document, onFix, onHide }: Props) {
  const [isOpen, setOpen] = useState(false)
  const { severity, sentence, range, fix, path } = advice
  const helped = fix ? undefined : helpFieldAt(path)
  return (
    <li className="flex flex-col gap-2 rounded-xl border border-line px-3.5 py-3">
      <p className="text-sm leading-relaxed">
        <span className={classNames('me-1.5 font-medium', severityLooks[severity])}>{severityNames[severity]}</span>
        {sentence}
      </p>
      {isOpen && fix ? (
        <DiffText label={t('{what}: what would change', { what: fix.label })} before={fix.before} after={fix.after} />
      ) : (
        range && <ExcerptView text={textAt(document, path)} range={range} />
      )}
      <div className="flex flex-wrap items-center gap-1">
        {fix && !isOpen && <Button onClick={() => setOpen(true)}>{fix.label}…</Button>}
        {fix && isOpen && (
          <>
            <Button onClick={onFix}>{t('Make this change')}</Button>
            <Button look="quiet" onClick={() => setOpen(false)}>
              {t('Leave it')}
            </Button>
          </>
        )}
        <Button look="quiet" className={classNames(!fix && '-ms-2.5')} onClick={onHide}>
          {t('Not for this card')}
        </Button>
        {helped && (
          <PlaceLink href={`/characters/${characterId}/edit/help?field=${helped.name}`}>
            {t('Have it written…')}
          </PlaceLink>
        )}
      </div>
    </li>
  )
}

import { useCallback } from 'react'
import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import type { EntryEdit } from '#core/lorebook/edit-entry.ts'
import { describeVerdict, type LoreVerdict } from '#core/lorebook/explain.ts'
import { keyProblems } from '#core/lorebook/key-problems.ts'
import type { Lorebook, LoreEntry } from '#core/lorebook/lorebook.ts'
import { estimateTokens } from '#core/prompt/estimate.ts'
import { t } from '#lib/translate.ts'
import type { BookEdits } from '#state/book-edits.ts'
import { useAutosave } from '#state/use-autosave.ts'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'
import { Chips } from '#ui/chips.tsx'
import { Field, TextArea, TextInput } from '#ui/field.tsx'
import { EntryDetails } from './entry-details.tsx'
import { valuesOf } from './entry-values.ts'
import { KnownTo } from './known-to.tsx'
import { NumberInput } from './number-input.tsx'
import { PlaceFields } from './place-fields.tsx'
import { Problems } from './problems.tsx'

interface Props {
  readonly book: Lorebook
  readonly entry: LoreEntry
  readonly edits: BookEdits
  /** The character whose card the book is in. */
  readonly owner: Character | undefined
  readonly verdict: LoreVerdict | undefined
  readonly onDuplicate: () => void
  readonly onRemove: () => void
}

/** One entry, the basics first. It saves itself. */
export function EntryForm({ book, entry, edits, owner, verdict, onDuplicate, onRemove }: Props) {
  const { id } = entry
  const save = useCallback((edit: EntryEdit) => edits.changeEntry(id, edit), [edits, id])
  const { draft, change, flush } = useAutosave<EntryEdit>(save)
  const values = valuesOf(book, entry, draft)
  const { keys, content, isConstant, isEnabled, usesRegex } = values
  const problems = keyProblems(values)
  const isAlways = isConstant && !usesRegex

  return (
    <form
      className="mx-auto flex max-w-3xl flex-col gap-5"
      onBlur={flush}
      onChange={(event) => isChoice(event.target) && flush()}
      onSubmit={(event) => event.preventDefault()}
    >
      <div className="flex flex-wrap items-center gap-x-6 gap-y-1">
        <Check label={t('Enabled')} isOn={isEnabled} onChange={(isOn) => change({ isEnabled: isOn })} />
        <Check
          label={t('Always in, whatever is said')}
          isOn={isConstant}
          onChange={(isOn) => change({ isConstant: isOn })}
        />
        <div className="ms-auto flex gap-1">
          <Button look="quiet" onClick={onDuplicate}>
            {t('Duplicate')}
          </Button>
          <Button
            look="quiet"
            onClick={() => {
              flush()
              onRemove()
            }}
          >
            {t('Delete entry')}
          </Button>
        </div>
      </div>
      {verdict && (
        <p role="status" className="rounded-lg bg-accent-wash px-3 py-2 text-sm">
          {describeVerdict(verdict)}
        </p>
      )}
      <Field label={t('Title')}>
        {(ids) => (
          <TextInput
            {...ids}
            placeholder={entry.title}
            value={values.title}
            onChange={(event) => change({ title: event.target.value })}
          />
        )}
      </Field>
      <Field
        label={t('Keys')}
        hint={
          <Problems
            problems={problems.primary}
            otherwise={
              keys.length === 0 && !isAlways
                ? t('Without a key it never fires, unless it is always in.')
                : t('Words that call it. A pattern is written /…/i.')
            }
          />
        }
      >
        {(ids) => (
          <Chips
            {...ids}
            placeholder={t('Type a key, then Enter')}
            removeLabel={(key) => t('Remove the key {key}', { key })}
            values={keys}
            isInvalid={problems.primary.length > 0}
            onChange={(changed) => change({ keys: [...changed] })}
          />
        )}
      </Field>
      <Field label={t('Content')} hint={<ContentHint entry={entry} content={content} />}>
        {(ids) => (
          <TextArea
            {...ids}
            className="field-sizing-content min-h-40 font-story leading-relaxed"
            value={content}
            onChange={(event) => change({ content: event.target.value })}
          />
        )}
      </Field>
      <KnownTo
        knownTo={values.knownTo}
        ownerName={owner && viewCard(owner.document).name}
        onChange={(knownTo) => change({ knownTo })}
      />
      <div className="grid gap-4 sm:grid-cols-[7rem_1fr_9rem]">
        <NumberInput
          {...{ label: t('Order'), hint: t('Lower is nearer to the top.'), min: -1_000_000, max: 1_000_000 }}
          value={values.order}
          onChange={(order) => order !== undefined && change({ order })}
        />
        <PlaceFields entry={entry} place={values.place} onChange={(place) => change({ place })} />
      </div>
      <EntryDetails values={values} problems={problems.secondary} onChange={change} />
    </form>
  )
}

/** What is chosen and not typed needs no pause to be meant. */
function isChoice(target: EventTarget): boolean {
  return (
    target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && /checkbox|radio/.test(target.type))
  )
}

function ContentHint({ entry, content }: { readonly entry: LoreEntry; readonly content: string }) {
  const { lines, ignored } = entry.decorators
  return (
    <>
      {t('≈ {tokens, plural, one {# token} other {# tokens}}.', { tokens: estimateTokens(content) })}
      {lines.length > 0 &&
        ` ${t('Lines that begin with @@ are instructions and come before what the fields below say.')}`}
      {ignored.length > 0 && ` ${t('Not used here: {names}.', { names: ignored.join(', ') })}`}
    </>
  )
}

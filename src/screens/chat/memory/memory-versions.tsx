import { useState } from 'react'
import type { Turn } from '#core/conversation/turn.ts'
import { diffWords } from '#core/diff/diff-words.ts'
import type { CharacterId } from '#core/ids.ts'
import type { KnownMemory } from '#core/scene/remembering.ts'
import type { Remembered, StoryMemory } from '#core/story/story-memory.ts'
import { formatNumber, locale, t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { Field, Select } from '#ui/field.tsx'
import { Lines } from '#ui/lines.tsx'

interface Props {
  readonly memory: StoryMemory
  readonly known: KnownMemory | undefined
  readonly path: readonly Turn[]
  readonly characterId: CharacterId
  readonly onRestore: (versionId: string) => void
}

const dates = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' })

/** Every version there ever was, one of them beside the one that stands, with the words that differ marked. */
export function MemoryVersions({ memory, known, path, characterId, onRestore }: Props) {
  const versions = memory.versions.filter((version) => version.characterId === characterId)
  const others = versions.filter(({ id }) => id !== known?.version.id)
  const [chosenId, setChosen] = useState<string>()
  const chosen = others.find(({ id }) => id === chosenId) ?? others.at(-1)
  if (!chosen) return null
  const isHere = path.slice(0, -1).some(({ id }) => id === chosen.throughId)
  return (
    <details className="rounded-xl border border-line px-3 py-2">
      <summary className="text-sm text-soft">
        {t('{count, plural, one {One other version} other {# other versions}}', { count: others.length })}
      </summary>
      <div className="flex flex-col gap-3 pt-3 pb-1">
        <Field label={t('Version')} hint={isHere ? undefined : t('It stands for turns of another branch.')}>
          {(ids) => (
            <Select {...ids} value={chosen.id} onChange={({ target }) => setChosen(target.value)}>
              {others.map((version) => (
                <option key={version.id} value={version.id}>
                  {labelOf(version, versions.indexOf(version))}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Difference before={chosen.text} after={known?.version.text} />
        <Button className="self-end" disabled={!isHere} onClick={() => onRestore(chosen.id)}>
          {t('Use this version')}
        </Button>
      </div>
    </details>
  )
}

function labelOf(version: Remembered, index: number): string {
  return [
    formatNumber(index + 1),
    t('{turns, plural, one {turn 1} other {turns 1–#}}', { turns: version.turns }),
    version.writtenBy === 'reader' ? t('by you') : t('by the model'),
    dates.format(version.createdAt),
  ].join(' · ')
}

/** What became of a version in the one that stands; without one, what it says. */
function Difference({ before, after }: { readonly before: string; readonly after: string | undefined }) {
  const pieces = after === undefined ? [{ kind: 'same' as const, text: before }] : diffWords(before, after)
  return (
    <section
      aria-label={t('Differences')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      className="max-h-[30dvh] overflow-y-auto border-line border-s-2 ps-3 font-story leading-relaxed"
    >
      {pieces.map(({ kind, text }, index) => {
        const words = <Lines text={text} />
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one comparison never move
        if (kind === 'same') return <span key={index}>{words}</span>
        const isGone = kind === 'removed'
        const Mark = isGone ? 'del' : 'ins'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one comparison never move
          <Mark key={index} className={isGone ? 'text-soft' : 'rounded-sm bg-mark text-ink no-underline'}>
            {words}
          </Mark>
        )
      })}
    </section>
  )
}

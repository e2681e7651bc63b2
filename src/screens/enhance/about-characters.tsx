import type { CharacterId } from '#core/ids.ts'
import type { EnhancedStory } from '#core/training/enhance/enhanced.ts'
import type { PatternDiversity } from '#core/training/enhance/pattern.ts'
import type { CompletedSetting } from '#core/training/enhance/read-setting.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { Lines } from '#ui/lines.tsx'

interface Props {
  readonly story: EnhancedStory
  /** The reader wants what a character's setting lacked in its card. */
  readonly onTake: (characterId: CharacterId, name: string) => void
}

/** How varied each character's turns are, before and now, and what its setting lacked. */
export function AboutCharacters({ story, onTake }: Props) {
  return (
    <div className="flex flex-col gap-3 text-sm">
      <table className="w-full text-start [&_td]:py-1 [&_td]:pe-4 [&_th]:py-1 [&_th]:pe-4 [&_th]:text-start [&_th]:font-normal [&_th]:text-faint [&_th]:text-xs">
        <caption className="sr-only">{t('How varied the turns are')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('Character')}</th>
            <th scope="col">{t('Patterns before')}</th>
            <th scope="col">{t('Patterns now')}</th>
          </tr>
        </thead>
        <tbody>
          {story.characters.map(({ characterId, name, before, after }) => (
            <tr key={characterId}>
              <td>{name}</td>
              <td>{measured(before)}</td>
              <td>{measured(after)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {story.characters.flatMap(({ characterId, name, sentences }) =>
        sentences.map((sentence) => (
          <p key={`${characterId} ${sentence}`} className="text-soft">
            {name}: {sentence}
          </p>
        )),
      )}
      {story.problems.map((problem) => (
        <p key={problem} className="text-soft">
          {t('Setting: {problem}', { problem })}
        </p>
      ))}
      {story.scenario?.scenario !== undefined && (
        <Completed name={t('Scenario')} texts={[story.scenario.scenario]} reasoning={story.scenario.reasoning} />
      )}
      {story.characters.map(
        ({ characterId, name, setting }) =>
          setting &&
          Object.keys(setting.fields).length > 0 && (
            <Completed
              key={characterId}
              name={name}
              texts={Object.values(setting.fields)}
              reasoning={setting.reasoning}
              onTake={() => onTake(characterId, name)}
            />
          ),
      )}
    </div>
  )
}

function measured({ patterns, entropyBits, topShare }: PatternDiversity): string {
  return t(
    '{count, plural, one {# pattern} other {# patterns}} · {bits, number} bits · most frequent {percent, number} %',
    {
      count: patterns.length,
      bits: Math.round(entropyBits * 100) / 100,
      percent: Math.round(topShare * 100),
    },
  )
}

interface CompletedProps extends Pick<CompletedSetting, 'reasoning'> {
  readonly name: string
  readonly texts: readonly string[]
  readonly onTake?: () => void
}

/** A completed setting: to be read, and put into the card by who likes it. */
function Completed({ name, texts, reasoning, onTake }: CompletedProps) {
  return (
    <details className="rounded-lg border border-line p-3">
      <summary className="cursor-pointer">{t('What the setting of {name} lacked', { name })}</summary>
      <div className="story mt-2 flex flex-col gap-2">
        {texts.map((text) => (
          <p key={text}>
            <Lines text={text} />
          </p>
        ))}
        <p className="font-sans text-soft text-xs">{reasoning}</p>
        {onTake && (
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1 font-sans">
            <Button onClick={onTake}>{t('Put it into the card')}</Button>
            <p className="text-faint text-xs">{t('As a new version, where the others don’t read it.')}</p>
          </div>
        )}
      </div>
    </details>
  )
}

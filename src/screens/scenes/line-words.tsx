import { parseReply } from '#core/her/parse.ts'
import type { Layer } from '#core/her/segment.ts'
import type { SceneLine } from '#core/scene-file/kept-scene.ts'
import { t } from '#lib/translate.ts'
import { classNames } from '#ui/class-names.ts'

interface Props {
  readonly line: Pick<SceneLine, 'raw' | 'dialect'>
  readonly name: string
  /** Thoughts are left out: whoever reads may be about to play beside them. */
  readonly withoutThoughts?: boolean
}

const looks: Readonly<Record<Layer, string>> = {
  system_thinking: 'sr-only',
  role_thinking: 'text-soft italic',
  role_action: 'text-faint italic',
  speech: '',
}

/** The words of a line that was written before, each layer in its own look. */
export function LineWords({ line: { raw, dialect }, name, withoutThoughts = false }: Props) {
  const { segments } = parseReply(raw, { dialect, speaker: name })
  return segments
    .filter(({ layer }) => layer !== 'system_thinking' && !(withoutThoughts && layer === 'role_thinking'))
    .map(({ layer, text }, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a line that is shown does not change
      <span key={index} className={classNames(looks[layer])}>
        {layer === 'role_thinking' ? `${t('(thinks: {words})', { words: text.trim() })} ` : `${text.trim()} `}
      </span>
    ))
}

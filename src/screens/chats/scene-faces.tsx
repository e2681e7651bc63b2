import type { Character } from '#core/cards/character.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { formatNumber } from '#lib/translate.ts'
import { useFileUrl } from '#state/characters.ts'
import { hueProps } from '#ui/hue.ts'
import { Portrait } from '#ui/portrait.tsx'

/** More of them would be a crowd; the rest are a number. */
const mostFaces = 4

interface Props {
  readonly characters: readonly Character[]
  /** Of one face. */
  readonly className: string
}

/** The faces of a scene, one over the other. Decorative: the names stand beside them. */
export function SceneFaces({ characters, className }: Props) {
  const shown = characters.length > mostFaces ? characters.slice(0, mostFaces - 1) : characters
  const more = characters.length - shown.length
  return (
    <span aria-hidden className="flex shrink-0 max-sm:-space-x-5 -space-x-3">
      {shown.map((character) => (
        <Face key={character.id} character={character} className={className} />
      ))}
      {more > 0 && (
        <span
          className={`${className} grid place-items-center rounded-full bg-sunken text-soft text-xs ring-2 ring-page`}
        >
          +{formatNumber(more)}
        </span>
      )}
    </span>
  )
}

function Face({ character, className }: { readonly character: Character; readonly className: string }) {
  const portrait = useFileUrl(character.thumbnailId ?? character.portraitId)
  return (
    <span className="flex rounded-full bg-page ring-2 ring-page" {...hueProps(character.hue)}>
      <Portrait url={portrait} name={viewCard(character.document).name} className={className} />
    </span>
  )
}

import type { CatalogueEntry } from '#core/cards/catalogue.ts'
import type { KeptScene, LineSpeaker } from '#core/scene-file/kept-scene.ts'
import { listOf, t } from '#lib/translate.ts'

/** The characters of the library, by id. */
export type Entries = ReadonlyMap<CatalogueEntry['id'], CatalogueEntry>

/** What someone who says a line is called on this page. */
export function speakerName(speaker: LineSpeaker, entries: Entries): string {
  switch (speaker.kind) {
    case 'user':
      return t('You')
    case 'environment':
      return t('The environment')
    case 'character':
      return entries.get(speaker.characterId)?.name ?? t('Someone who is gone')
  }
}

/** The names of a scene's cast, in a row. */
export function castNames({ cast }: Pick<KeptScene, 'cast'>, entries: Entries): string {
  return listOf(cast.map((characterId) => speakerName({ kind: 'character', characterId }, entries)))
}

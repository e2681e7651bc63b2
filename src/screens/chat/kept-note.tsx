import type { Kept } from '#core/conversation/turn.ts'
import { t } from '#lib/translate.ts'
import { layerLabels } from './layer-labels.ts'

/** Says what of another take a reply was begun with, and how. */
export function KeptNote({ kept }: { readonly kept: Kept }) {
  const layers = kept.layers.map((layer) => layerLabels[layer].toLowerCase()).join(', ')
  return (
    <span
      className="text-faint text-xs"
      title={
        kept.way === 'prefill'
          ? t('The reply went on from these words (prefill).')
          : t('The server can’t go on from given words: the model was told to, in the prompt.')
      }
    >
      {t('kept: {layers} · by {way}', { layers, way: kept.way })}
    </span>
  )
}

import { type PointerEvent, useRef, useState } from 'react'
import { t } from '#lib/translate.ts'
import { useBlobUrl } from '#state/blob-url.ts'
import { type Cut, cropPicture } from '#ui/crop-picture.ts'
import { FormDialog } from '#ui/form-dialog.tsx'
import { showToast } from '#ui/toasts.tsx'
import { cutOf, type Framing, frames, moveBy, type Size } from './framing.ts'

interface Props {
  readonly picture: Blob
  /** @param whole the whole picture, where only a part of it is used. */
  readonly onUse: (picture: Blob, whole: Blob | undefined) => void
  readonly onClose: () => void
}

const atFirst: Framing = { frame: 'portrait', zoom: 1, x: 0.5, y: 0 }

const shapes: Readonly<Record<Framing['frame'], string>> = {
  portrait: t('Portrait'),
  square: t('Square'),
  whole: t('The whole picture'),
}

const sliders = [
  { key: 'zoom', label: t('Larger'), min: 1, max: 4 },
  { key: 'x', label: t('Left and right'), min: 0, max: 1 },
  { key: 'y', label: t('Up and down'), min: 0, max: 1 },
] as const

/** Which part of a picture is the portrait: dragged and zoomed by hand, or by the sliders. */
export function CropDialog({ picture, onUse, onClose }: Props) {
  const url = useBlobUrl(picture)
  const [size, setSize] = useState<Size>()
  const [framing, setFraming] = useState(atFirst)
  const change = (part: Partial<Framing>) => setFraming((before) => ({ ...before, ...part }))
  const frame = framing.frame === 'whole' ? undefined : frames[framing.frame]

  async function use(cut: Cut | undefined) {
    if (!cut) return onUse(picture, undefined)
    try {
      onUse(await cropPicture(picture, cut), picture)
    } catch {
      showToast(t('This browser could not cut the picture. It can be used whole.'), { tone: 'danger' })
    }
  }

  return (
    <FormDialog
      title={t('The portrait')}
      submitLabel={t('Use it')}
      canSubmit={size !== undefined}
      onSubmit={() => void use(size && frame && cutOf(framing, frame, size))}
      onClose={onClose}
    >
      <fieldset className="flex flex-wrap gap-x-5 text-sm">
        <legend className="sr-only">{t('Shape')}</legend>
        {(['portrait', 'square', 'whole'] as const).map((shape) => (
          <label key={shape} className="flex min-h-9 items-center gap-2">
            <input
              type="radio"
              name="shape"
              className="size-4 accent-accent"
              checked={framing.frame === shape}
              onChange={() => change({ frame: shape })}
            />
            {shapes[shape]}
          </label>
        ))}
      </fieldset>
      <div className="flex flex-wrap items-center gap-6">
        {frame && size && url ? (
          <Frame {...{ url, size, frame, framing, change }} />
        ) : (
          url && (
            <img
              src={url}
              alt={t('The whole of it')}
              className="max-h-72 max-w-full rounded-xl border border-line"
              onLoad={({ currentTarget }) =>
                setSize({ width: currentTarget.naturalWidth, height: currentTarget.naturalHeight })
              }
            />
          )
        )}
        {frame && (
          <div className="flex min-w-48 flex-1 flex-col gap-3 text-sm">
            {sliders.map(({ key, label, min, max }) => (
              <label key={key} className="flex flex-col gap-1">
                {label}
                <input
                  type="range"
                  min={min}
                  max={max}
                  step={0.01}
                  // The thumb goes where the picture goes, which has a left and a right in every language.
                  dir={key === 'x' ? 'ltr' : undefined}
                  className="accent-accent"
                  value={framing[key]}
                  onChange={(event) => change({ [key]: event.target.valueAsNumber })}
                />
              </label>
            ))}
          </div>
        )}
      </div>
    </FormDialog>
  )
}

interface FrameProps {
  readonly url: string
  readonly size: Size
  readonly frame: Size
  readonly framing: Framing
  readonly change: (part: Partial<Framing>) => void
}

/** The part that is cut, in its frame. The sliders do the same for those who can't drag. */
function Frame({ url, size, frame, framing, change }: FrameProps) {
  const last = useRef<{ readonly x: number; readonly y: number }>(undefined)
  const { left, top, width } = cutOf(framing, frame, size)
  const scale = frame.width / width

  function onPointerMove(event: PointerEvent) {
    const from = last.current
    if (!from) return
    last.current = { x: event.clientX, y: event.clientY }
    change(moveBy(framing, frame, size, { x: event.clientX - from.x, y: event.clientY - from.y }))
  }

  return (
    <div
      className="relative shrink-0 cursor-move touch-none overflow-hidden rounded-xl border border-line"
      style={{ width: frame.width, height: frame.height }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        last.current = { x: event.clientX, y: event.clientY }
      }}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        last.current = undefined
      }}
      onWheel={({ deltaY }) => change({ zoom: Math.min(4, Math.max(1, framing.zoom * (1 - deltaY / 800))) })}
    >
      <img
        src={url}
        alt={t('The part that is used')}
        draggable={false}
        className="absolute max-w-none select-none"
        style={{ width: size.width * scale, left: -left * scale, top: -top * scale }}
      />
    </div>
  )
}

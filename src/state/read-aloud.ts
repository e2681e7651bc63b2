import { create } from 'zustand'
import type { TurnId } from '#core/ids.ts'
import type { VoicePort } from '#ports/voice.ts'

interface ReadingAloud {
  /** The turn that is read aloud. */
  readonly turnId: TurnId | undefined
  readonly stop: () => void
}

const silent: ReadingAloud = { turnId: undefined, stop: () => {} }

const useReadingAloud = create<ReadingAloud>(() => silent)

/** Reads a turn aloud, in place of what was being read. */
export function readAloud(voice: VoicePort, turnId: TurnId, texts: readonly string[]): void {
  stopReadingAloud()
  const stop = voice.read(texts, () => {
    if (useReadingAloud.getState().stop === stop) useReadingAloud.setState(silent)
  })
  useReadingAloud.setState({ turnId, stop })
}

export function stopReadingAloud(): void {
  useReadingAloud.getState().stop()
}

export function useIsReadAloud(turnId: TurnId): boolean {
  return useReadingAloud((reading) => reading.turnId === turnId)
}

/** The turn that is read aloud at this moment. */
export function turnReadAloud(): TurnId | undefined {
  return useReadingAloud.getState().turnId
}

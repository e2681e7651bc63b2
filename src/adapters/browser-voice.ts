import type { VoicePort } from '#ports/voice.ts'

/** The browser's own speech. It is given sentence by sentence: Chromium falls silent within a long utterance. */
export function createBrowserVoice(): VoicePort {
  // Absent in some browsers' embedded views.
  const speech = 'speechSynthesis' in window ? window.speechSynthesis : undefined
  return {
    isThere: speech !== undefined,
    read: (texts, onEnd) => {
      const sentences = texts.flatMap(toSentences)
      let isOver = false
      const end = () => {
        if (isOver) return
        isOver = true
        speech?.cancel()
        onEnd()
      }
      const next = (index: number) => {
        const sentence = sentences[index]
        if (isOver) return
        if (!speech || sentence === undefined) return end()
        const utterance = new SpeechSynthesisUtterance(sentence)
        utterance.onend = () => next(index + 1)
        utterance.onerror = end
        speech.speak(utterance)
      }
      // What another tab of ours, or the page before, left unsaid.
      speech?.cancel()
      next(0)
      return end
    },
  }
}

function toSentences(text: string): string[] {
  const segments = new Intl.Segmenter(undefined, { granularity: 'sentence' }).segment(text)
  return [...segments].map(({ segment }) => segment.trim()).filter((sentence) => /[\p{L}\p{N}]/u.test(sentence))
}

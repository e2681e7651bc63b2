const unspaced = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmer}\p{scx=Myanmar}]/u

/** Whether a text has something of a script that puts no blank between words (Chinese, Japanese, Thai and others). */
export function hasUnspacedScript(text: string): boolean {
  return unspaced.test(text)
}

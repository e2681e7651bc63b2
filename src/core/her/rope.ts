/** Long enough that few joints remain, short enough that they are short-lived. */
const flatLength = 4096

/**
 * Text that grows by small pieces. Engines keep a concatenation as a tree until its characters are looked at; one joint
 * per character of a long reply is some thirty times its memory. Here the end is laid out flat every few thousand
 * characters.
 */
export class Rope {
  #front = ''
  #end = ''

  constructor(text = '') {
    this.#front = text
  }

  get length(): number {
    return this.#front.length + this.#end.length
  }

  get text(): string {
    return this.#end === '' ? this.#front : this.#front + this.#end
  }

  clear(): void {
    this.#front = ''
    this.#end = ''
  }

  add(piece: string): void {
    this.#end += piece
    // Looking at a character is what lays the string out.
    if (this.#end.length < flatLength || Number.isNaN(this.#end.charCodeAt(0))) return
    this.#front += this.#end
    this.#end = ''
  }
}

/** The newest turn of a chat is being written by another tab: nothing can follow it yet. */
export class WrittenElsewhere extends Error {
  constructor() {
    super('another tab is writing in this chat')
    this.name = 'WrittenElsewhere'
  }
}

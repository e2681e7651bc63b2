/** Takes back what a deletion did. */
export type Undo = () => Promise<void>

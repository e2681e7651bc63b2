import type { PersonaId } from '#core/ids.ts'

/** What the reader is called in prompts and macros while no persona is chosen: a name, so that turns can carry it. */
export const userNameInPrompts = 'Stranger'

/** The persona of chats that name none: the first there is. */
export const defaultPersonaId = 'persona' as PersonaId

/** The setting that names the persona of new chats, where it is another than the first. */
export const chosenPersonaSetting = 'persona'

/** In place of a persona's: the reader plays nobody in particular. There is no row of it. */
export const nobodyId = 'nobody' as PersonaId

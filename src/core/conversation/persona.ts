import type { PersonaId } from '#core/ids.ts'

/** What the reader is called in prompts and macros while no persona is chosen: a name, so that turns can carry it. */
export const userNameInPrompts = 'Stranger'

/** The persona of chats that name none. */
export const defaultPersonaId = 'persona' as PersonaId

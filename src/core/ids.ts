/** A string that only its own kind of thing may be looked up by. */
type Id<Kind extends string> = string & { readonly __kind: Kind }

export type CharacterId = Id<'character'>
export type ConversationId = Id<'conversation'>
export type TurnId = Id<'turn'>
export type PersonaId = Id<'persona'>
export type ConnectionId = Id<'connection'>
export type FileId = Id<'file'>
export type LorebookId = Id<'lorebook'>
export type SceneId = Id<'scene'>
export type JobId = Id<'job'>
export type PreferenceId = Id<'preference'>

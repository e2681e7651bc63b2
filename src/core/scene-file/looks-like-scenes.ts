const ownFormat = /^\s*\{\s*"format"\s*:\s*"subtext-scene"/
/** Keys of CoSER's and HER's data that no card, lorebook or chat has. */
const dataKeys =
  /"(?:speaking_characters_w_env|key_characters|major_characters|character_profiles|character_datasets|training_samples|trace_id_book_chapter|original_trace_id)"\s*:/
/** A row of messages, as trainers take them: what it begins with, or has behind its id. */
const sample = /^\s*\[?\s*\{[^[\]{}]*"(?:messages|conversations)"\s*:\s*\[\s*\{\s*"(?:role|from|content|value)"\s*:/

/** Whether a file that begins like this is one of scenes, so that nobody else need look into it. */
export function looksLikeScenes(head: string): boolean {
  return ownFormat.test(head) || dataKeys.test(head) || sample.test(head)
}

const ownFormat = /^\s*\{\s*"format"\s*:\s*"subtext-scene"/
/** Keys of CoSER's that no card, lorebook or chat has. */
const coserKeys = /"(?:speaking_characters_w_env|key_characters|major_characters|character_profiles)"\s*:/

/** Whether a file that begins like this is one of scenes, so that nobody else need look into it. */
export function looksLikeScenes(head: string): boolean {
  return ownFormat.test(head) || coserKeys.test(head)
}

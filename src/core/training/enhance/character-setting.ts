import type { CastMember } from '#core/scene/cast.ts'

/** The fields of a character's setting, as HER's data names them. */
export const settingFields = ['character_profile', 'background', 'motivation', 'description', 'experience'] as const
export type SettingField = (typeof settingFields)[number]

export const emptySetting: Readonly<Record<SettingField, string>> = {
  character_profile: '',
  background: '',
  motivation: '',
  description: '',
  experience: '',
}

/** A character's setting as its card has it. */
export function settingOf({ card }: CastMember): Readonly<Record<SettingField, string>> {
  return {
    ...emptySetting,
    character_profile: card.description,
    motivation: card.her.motivation ?? '',
    description: card.personality,
  }
}

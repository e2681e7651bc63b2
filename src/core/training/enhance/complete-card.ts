import type { CardDocument, CardView } from '#core/cards/card.ts'
import { editField } from '#core/cards/edit-card.ts'
import { editHer } from '#core/cards/edit-her.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { type CastMember, outwardOf, spokenName } from '#core/scene/cast.ts'
import { escapePattern } from '#lib/escape-pattern.ts'
import { type SettingField, settingFields } from './character-setting.ts'
import type { CompletedSetting } from './read-setting.ts'

/**
 * A card with what stage 4 found it to lack. All of it is out of what the character itself knows, so it goes where nobody
 * else reads: to its personality and its motivation. What the others see of it stays to the letter, which is why a card
 * that describes nothing describes afterwards what was seen until then.
 * @param was what the setting was when it was completed. What a scene added to it is no part of the card.
 */
export function completeCard(
  document: CardDocument,
  { fields }: CompletedSetting,
  was: Readonly<Record<SettingField, string>>,
): CardDocument {
  const card = viewCard(document)
  const motivation = card.her.motivation ?? ''
  const known = (text: string) => plain(`${card.description} ${card.personality} ${motivation}`).includes(plain(text))
  const added = (field: SettingField) => {
    const text = addedTo(was[field], fields[field] ?? '')
    return text === '' || known(text) ? [] : [text]
  }
  const own = settingFields.filter((field) => field !== 'motivation').flatMap(added)
  const wishes = added('motivation')
  const described = own.length > 0 ? withOwn(document, card, own) : document
  return wishes.length > 0 ? editHer(described, 'motivation', joined([motivation, ...wishes])) : described
}

/** The same for who is played: what the others see is said of it by itself. */
export function completeMember(member: CastMember, { fields }: Pick<CompletedSetting, 'fields'>): CastMember {
  const { card } = member
  const { character_profile, background, experience, description, motivation } = fields
  return {
    ...member,
    appearance: outwardOf(member),
    card: {
      ...card,
      description: joined([character_profile ?? card.description, background, experience]),
      ...(description !== undefined && { personality: description }),
      ...(motivation !== undefined && { her: { ...card.her, motivation } }),
    },
  }
}

function withOwn(document: CardDocument, card: CardView, own: readonly string[]): CardDocument {
  if (card.description.trim() !== '') return editField(document, 'personality', joined([card.personality, ...own]))
  const seen = card.personality.trim() || spokenName(card)
  return editField(editField(document, 'description', seen), 'personality', joined(own))
}

/** What a completed text has more than it had; blanks may be others than they were. */
function addedTo(before: string, completed: string): string {
  const words = before.trim().split(/\s+/).filter(Boolean).map(escapePattern)
  return (words.length === 0 ? completed : completed.replace(new RegExp(words.join('\\s+')), '')).trim()
}

function joined(texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text !== undefined && text.trim() !== '').join('\n\n')
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

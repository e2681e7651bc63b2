/**
 * What a draft of a plan is like (HER's types): `A` speaks of the character from outside, `B` in the character's own
 * voice or to a user, `C` is empty.
 */
export type PlanType = 'A' | 'B' | 'C'

/** "I need to portray X": the one who plans, and not the character. */
const planning =
  /\bI(?:['’]ll| (?:will|need|should|must|have|want|can|could|am going|would|might) )(?:to )?(?:also |now |first |then |not )*(?:portray|show|play|write|make|keep|let|convey|express|depict|have|give|start|begin|avoid|use|reflect|respond|capture|stay|maintain|continue|consider|think about|focus|be careful|ensure|include|craft|balance)\b/g
const firstPerson = /\b(?:I|I['’](?:m|ve|d|ll)|my|me|mine|myself)\b/g
const firstPersonHan = /我(?!需要|应该|要|得|会|可以|必须)/g
const thirdPerson = /\b(?:he|she|they|his|her|their|him|them|the character)\b/gi
const thirdPersonHan = /[他她]|该角色|这个角色/g
const user = /\bthe user(?:['’]s)?\b|用户/gi

export function planTypeOf(draft: string, name: string): PlanType {
  if (draft.trim() === '') return 'C'
  if (mentionsUser(draft)) return 'B'
  return voiceOf(draft, name) === 'inside' ? 'B' : 'A'
}

/** Whether a plan speaks of its character from outside, or as the character. */
export function voiceOf(plan: string, name: string): 'inside' | 'outside' {
  const inside = count(plan, firstPerson) + count(plan, firstPersonHan) - count(plan, planning)
  const outside = count(plan, thirdPerson) + count(plan, thirdPersonHan) + plan.split(name).length - 1
  return outside === 0 || inside > outside ? 'inside' : 'outside'
}

export function mentionsUser(plan: string): boolean {
  return count(plan, user) > 0
}

function count(text: string, what: RegExp): number {
  return text.match(what)?.length ?? 0
}

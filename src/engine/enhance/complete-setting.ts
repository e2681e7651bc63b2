import type { CharacterId } from '#core/ids.ts'
import { memberOf } from '#core/scene/cast.ts'
import { emptySetting, settingOf } from '#core/training/enhance/character-setting.ts'
import type { EnhancePart, EnhanceStory } from '#core/training/enhance/part.ts'
import { type CompletedSetting, readSetting } from '#core/training/enhance/read-setting.ts'
import { askSetting } from '#core/training/enhance/setting-prompt.ts'
import { type Teaching, teach } from './teach.ts'

/** What a story's setting lacked of what its dialogue shows. */
export interface CompletedStory {
  readonly scenario?: CompletedSetting
  readonly settings: ReadonlyMap<CharacterId, CompletedSetting>
  readonly problems: readonly string[]
}

/** HER's stage 4: a call for the scenario, which all may know, and one for each character. */
export async function completeSetting(
  story: EnhanceStory,
  parts: readonly EnhancePart[],
  teaching: Teaching,
): Promise<CompletedStory> {
  const problems: string[] = []
  const scenario = story.scenario ?? story.cast.characters[0]?.card.scenario ?? ''
  const complete = async (reader: CharacterId | undefined, name: string | undefined) => {
    const answer = await teach(
      teaching,
      `${story.id}/${reader ?? 'scenario'}/s4`,
      story,
      reader,
      askSetting(story, reader),
    )
    const member = reader === undefined ? undefined : memberOf(reader, story.cast)
    const before = { scenario, fields: member ? settingOf(member) : emptySetting }
    const read = answer.ok ? readSetting(answer.value.text, before, name) : undefined
    if (!answer.ok) problems.push(answer.error)
    else if (read && !read.ok) problems.push(read.error.sentence)
    return read?.ok ? read.value : undefined
  }
  const [common, ...own] = await Promise.all([
    complete(undefined, undefined),
    ...parts.map(({ reader, name }) => complete(reader, name)),
  ])
  const settings = parts.flatMap(({ reader }, index) => {
    const setting = own[index]
    return setting ? [[reader, setting] as const] : []
  })
  return { ...(common && { scenario: common }), settings: new Map(settings), problems: [...new Set(problems)] }
}

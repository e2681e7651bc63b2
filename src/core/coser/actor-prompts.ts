import { outputRules, sectionTitles } from '#core/prompt/form.ts'
import { type EvaluationCase, environment } from './evaluation-case.ts'
import type { Preset } from './preset.ts'

const titles = sectionTitles.training

/**
 * What a character is told: who it is, where, what it knows of the others and what it has in mind, its own alone. The
 * sections and their titles are those the models were trained on; how to write is said in our words.
 */
export function characterPrompt(test: EvaluationCase, name: string, preset: Preset): string {
  const others = [...test.profiles].filter(([other]) => other !== name)
  const motivation = test.motivations.get(name)
  return [
    `You are ${name} from ${test.book}.`,
    section(`${name}'s Profile`, test.profiles.get(name) ?? ''),
    section(titles.scenario, test.scenario),
    ...(others.length > 0
      ? [section(titles.others, others.map(([other, profile]) => `\n${other}: ${profile}`).join('\n'))]
      : []),
    ...(motivation ? [section(titles.motivation, motivation)] : []),
    section(titles.rules, preset.notation === 'her' ? outputRules(name) : bracketRules(name)),
  ].join('\n\n')
}

function bracketRules(name: string): string {
  return `Write ${name}'s next turn and nothing else, in three kinds of text that may follow each other in any order:
- [what ${name} thinks], in square brackets. The others cannot perceive it. For example: [He must not see my hands shake.]
- (what ${name} does), in round brackets. Everyone present sees it. For example: (turns to the window and waits)
- what ${name} says aloud, without brackets.

Stay within 60 words.`
}

/** What the environment is told: to answer what was done with what changes around it, and to leave the majors alone. */
export function environmentPrompt(test: EvaluationCase): string {
  const majors = test.majors.filter((name) => name !== environment).join(', ')
  return `You are the environment of a role-play: everything in its world that is not one of the main characters (${majors}).
After what they say and do, tell what comes of it around them: what changes in the place, sounds, weather and light, what bystanders and minor characters do.

- One to three vivid, brief sentences, in the tone, the time and the culture of the scene.
- Take up small hints in what was said and done.
- Bystanders and minor characters may act and react. Never decide what a main character (${majors}) says, does or feels.

${section(titles.scenario, test.scenario)}`
}

/** What the chooser of the next speaker is told. */
export function choosingPrompt(test: EvaluationCase): string {
  const names = test.speakers.map((name) => JSON.stringify(name)).join(', ')
  return `You follow a role-play and say who acts next, judging by what has happened so far. ${environment} stands for the world around the characters.
The names to choose from: ${names}.
Where nobody is the obvious choice, choose "random". Where the scene has come to its end, choose "${endOfChat}".

${section(titles.scenario, test.scenario)}

===Output Format===
Reasoning: why, in a sentence or two.
Next Speaker: exactly one of ${names}, "random" or "${endOfChat}".`
}

export const endOfChat = '<END CHAT>'

/** What stands in front of every play. */
export const opening = '===Conversation Start===\n\n'

function section(title: string, text: string): string {
  return `===${title}===\n${text}`
}

/** Which of HER's two families of system prompts is used: its data set's own, or its demo's and model card's. */
export type PromptForm = 'training' | 'demo'

/** The titles of a form's sections, as the models were trained on them: a title of our own would be a foreign word. */
export const sectionTitles = {
  training: {
    scenario: 'Current Scenario',
    others: 'Information about the other Characters',
    motivation: 'Your Inner Thoughts',
    rules: 'Requirements',
  },
  demo: {
    scenario: 'Current Scene',
    others: 'The Person You Are Interacting With',
    motivation: 'Your Current Thoughts',
    rules: 'Output Format',
  },
} as const

/** How a reply is to be written: HER's two parts with its tag names, in our words. */
export function outputRules(name: string): string {
  return `Write the reply in two parts, in exactly this order.

1. System Thinking: one <system_thinking>...</system_thinking> block, before anything else. Speak of ${name} in the third person and work out how to portray ${name} in this turn: what the moment asks for, what ${name} feels and wants, what to show and what to hold back.
2. Role-play Response: begin with "${name}: " and play the turn, mixing these freely and as often as the moment needs:
- <role_thinking>...</role_thinking> for what ${name} thinks, in the first person. Nobody else can perceive it.
- <role_action>...</role_action> for what ${name} does. Everyone present can see it.
- plain text, outside of all tags, for what ${name} says aloud.

Play ${name} only, and only one turn: never speak, act or think for anyone else, and stop when the turn is done. Stay within about 200 words unless the profile asks for another length.`
}

/** The demo form's section between the scene and the output format. */
export function demoInstructions(name: string, user: string): string {
  return `- Be ${name} throughout, with the voice, knowledge and limits of ${name}.
- Let the talk move as it would between people: react to what was just said and done.
- See everything from where ${name} stands; what others think is not known.
- Speak to ${user} as "you".`
}

/** Heads the first user message of the conversation. */
export const conversationStart = '===Conversation Start==='

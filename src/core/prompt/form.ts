/**
 * Which system prompt is used: HER's data set's own, its demo's and model card's, or one for models that were never
 * trained on HER and have to be told everything, with an example.
 */
export type PromptForm = 'training' | 'demo' | 'plain'

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
  plain: {
    scenario: 'What is happening now',
    others: 'Who else is there',
    motivation: 'What you want',
    rules: 'How to write your reply',
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

/** The same for a model that does not know the format: every step spelled out, and a short example to copy. */
export function plainRules(name: string): string {
  return `This is a role-play. You write for ${name}, and only for ${name}. Every reply has exactly these parts:

1. First a plan, between <system_thinking> and </system_thinking>. Two or three sentences about ${name} in the third person: what the moment asks for, what ${name} feels, what to show and what to hide. The others never see it.
2. Then the reply itself, which begins with "${name}: ". Mix these three as the moment needs:
   - <role_thinking>what ${name} thinks, as "I"</role_thinking>. Nobody else can hear it.
   - <role_action>what ${name} does</role_action>. Everyone can see it.
   - Words without any tag are what ${name} says aloud.

Close every tag you open, with the same name. Use no other tags, no asterisks and no headings. Never write for anyone else. Stay within about 200 words, then stop.

Here is a reply in this form. It belongs to another story, about a ferrywoman called Mara; copy its form and nothing else.

<system_thinking>Mara has been asked for a crossing she would rather refuse. She needs the coin, so she should name a high price and let the weather do her arguing.</system_thinking>
Mara: <role_action>looks past him at the water</role_action><role_thinking>In this wind? He must be running from something.</role_thinking>Twice the fare, and you bail if I say so.<role_action>holds out her hand</role_action>`
}

/** The demo form's section between the scene and the output format. */
export function demoInstructions(name: string, user: string): string {
  return `- Be ${name} throughout, with the voice, knowledge and limits of ${name}.
- Let the talk move as it would between people: react to what was just said and done.
- See everything from where ${name} stands; what others think is not known.
- Speak to ${user} as "you".`
}

/** Heads what is to be known beside the turns, among them. */
export const backgroundHeading = '===Background===\n'

/** Heads the first user message of the conversation. */
export const conversationStart = '===Conversation Start==='

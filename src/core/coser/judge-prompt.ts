import type { ActingMessage, PlayedLine } from './acting.ts'
import { type EvaluationCase, environment } from './evaluation-case.ts'
import type { Preset } from './preset.ts'
import { type Dimension, rubric } from './rubric.ts'
import { toBrackets, withoutThoughts } from './thoughts.ts'

/** A play and the conversation of the book as judge and counters get them, and how many of its lines count as rounds. */
export interface JudgedTexts {
  readonly simulation: string
  readonly reference: string
  /** The same from `continueFrom` on, for BLEU and ROUGE-L. */
  readonly played: string
  readonly original: string
  /** Lines of characters, empty ones too; the environment's do not count. */
  readonly actorRounds: number
  /** Each line as it stands in `simulation`. */
  readonly lines: readonly string[]
}

type SpokenLine = Pick<PlayedLine, 'speaker' | 'text'>

/** What is judged, by the rules of a preset: with thoughts in brackets or without. */
export function judgedTexts(
  test: EvaluationCase,
  played: readonly SpokenLine[],
  preset: Preset,
  continueFrom = 0,
): JudgedTexts {
  const shown = (speaker: string, text: string) => {
    if (preset.judgesThoughts) return toBrackets(text, speaker)
    return speaker === environment ? text : withoutThoughts(toBrackets(text, speaker), speaker)
  }
  const lines = played.map(({ speaker, text }) => stripLines(shown(speaker, text)))
  const original = test.reference.map(({ speaker, text }) => stripLines(`${speaker}: ${shown(speaker, text)}`))
  return {
    simulation: lines.join('\n\n'),
    reference: original.join('\n\n'),
    played: lines.slice(continueFrom).join('\n\n'),
    original: original.slice(continueFrom).join('\n\n'),
    actorRounds: played.filter(({ speaker }) => speaker !== environment).length,
    lines,
  }
}

/** The question to the judge about one dimension: CoSER's demands in our words, the play as the message. */
export function judgePrompt(
  test: EvaluationCase,
  texts: JudgedTexts,
  dimension: Dimension,
  preset: Preset,
  continueFrom = 0,
): ActingMessage[] {
  const { brief, flaws, majorsOnly } = rubric[dimension]
  const majors = test.majors.join(', ')
  const profiles = [...test.profiles].map(([name, profile]) => `### ${name}\n\n${profile}`).join('\n\n')
  const types = Object.entries(flaws).map(
    ([type, signs]) => `- Type: ${type}\n${signs.map((sign) => `  * ${sign}`).join('\n')}`,
  )
  const system = `You are a critic of literature who knows character and dialogue. Below is a scene of ${test.book}; the message after it is the same scene as it was simulated. Judge the simulation for ${dimension}: ${brief}.

1. Read what is given of ${test.book}: the story so far, the scene, the profiles of the characters (among them ${majors}) and the original conversation.
2. Look for flaws of the types below in the simulation. Speech has no marks, (actions) stand in round brackets, [thoughts] in square brackets; nobody perceives another's thoughts.${continuedNote(preset, continueFrom)}

## Scenario

### Plot Summary

${test.plotSummary}

### Current Scenario

${test.scenario}

## Character Profiles

${profiles}

## Original Conversation

${texts.reference}

## Evaluation Criteria

### ${dimension}
${majorsOnly ? `(Main characters only: ${preset.fillsMajors ? majors : '{major_characters}'})\n` : ''}${types.join('\n')}

## Scoring Guidelines

List every flaw there is. Give each a severity from 1 to 5: 1 is minor, 3 is moderate, 5 is severe.

## Output Requirements

Answer with JSON and nothing else. Begin each instance with the words of the simulation it is about, in single quotes.

{
  ${JSON.stringify(dimension)}: {
    "flaws": [
      { "instance": "<the flaw, and what is wrong with it>", "type": "<one of the types above>", "severity": <1 to 5> }
    ]
  }
}

===Dialogue Content===
`
  return [
    { role: 'system', content: system },
    { role: 'user', content: texts.simulation },
  ]
}

function continuedNote(preset: Preset, continueFrom: number): string {
  return continueFrom > 0 && preset.notation === 'coser'
    ? `\n   The first ${continueFrom} messages of both are the same: judge only what follows them.`
    : ''
}

function stripLines(text: string): string {
  return text.replace(/^\n+|\n+$/g, '')
}

/**
 * Answers as the judge of two takes, where a prompt asks for that; undefined for any other. It likes the longer one, and
 * answers as models do: bare or wrapped, fenced or not, with a comma too many, for the first whoever that is, or in prose.
 * @param hash of the prompt and the seed: the same prompt has the same answer.
 */
export function compareTakes(messages: readonly { readonly content: string }[], hash: number): string | undefined {
  const asked = messages.at(-1)?.content ?? ''
  const [, first, second] = asked.split(/\*\*Response Candidate [12]\*\*\n/)
  if (first === undefined || second === undefined) return undefined
  if (hash % 13 === 3) return 'Both candidates have their merits, and I would gladly read on with either of them.'
  const longer = first.trim().length >= second.trim().length ? 'cand_1' : 'cand_2'
  const better = hash % 7 === 5 ? 'cand_1' : longer
  const answer = JSON.stringify(judgement(better), null, 2)
  switch (hash % 4) {
    case 0:
      return `{"result": [${answer}]}`
    case 1:
      return `\`\`\`json\n${answer}\n\`\`\``
    case 2:
      return `<think>Who of them listens?</think>\n${answer.replace(/\n}$/, ',\n}')}`
    default:
      return answer
  }
}

function judgement(better: string) {
  const other = better === 'cand_1' ? 'cand_2' : 'cand_1'
  const principles = [
    { name: 'Character Consistency', dimension: 'Character Development', winner: better },
    { name: 'Emotional Authenticity', dimension: 'Emotional Expression', winner: other },
    { name: 'Reader Experience', dimension: 'Overall Quality', winner: better },
  ]
  const won = (winner: string, side: string) => (winner === side ? 'Carries the moment.' : 'Stays on the surface.')
  return {
    cand_1: 'The first take.',
    cand_2: 'The second take.',
    principle: Object.fromEntries(
      principles.map(({ name, dimension }, index) => [
        `Principle ${index + 1}`,
        {
          principle_name: name,
          dimension_name: dimension,
          principle_level: 'session',
          main_content: 'What the reply does is what this character would do.',
          reason_for_choosing: 'It tells the two apart.',
        },
      ]),
    ),
    analysis: {
      principle_comparisons: principles.map(({ name, winner }) => ({
        principle_name: name,
        principle_level: 'session',
        cand_1_performance: won(winner, 'cand_1'),
        cand_2_performance: won(winner, 'cand_2'),
        comparison_reason: 'One of them answers what was said, clearly.',
        winner,
      })),
      overall_analysis: 'One take answers what was said and shows who speaks; the other could be anybody’s.',
      principle_summary: 'Consistency decides.',
    },
    better_response: better,
  }
}

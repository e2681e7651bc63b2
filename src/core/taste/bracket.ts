/** Two who meet, and who of them goes on; `null` where only one is left and goes on without a match. */
export interface Match<Entrant> {
  readonly round: number
  readonly one: Entrant
  readonly other: Entrant | null
  readonly winner: Entrant
}

export interface Bracket<Entrant> {
  readonly winner: Entrant | undefined
  /** Round by round, in the order they were drawn. */
  readonly matches: readonly Match<Entrant>[]
}

/**
 * Has everyone meet in a knock-out, neighbours first: all matches of a round at once, `n - 1` in all. Where a round has an
 * odd one, the last goes on without a match.
 * @param meet gives who goes on.
 */
export async function playBracket<Entrant>(
  entrants: readonly Entrant[],
  meet: (one: Entrant, other: Entrant, round: number) => Promise<Entrant>,
): Promise<Bracket<Entrant>> {
  const matches: Match<Entrant>[] = []
  let left = entrants
  for (let round = 0; left.length > 1; round += 1) {
    const played = await Promise.all(
      drawRound(left).map(async ([one, other]): Promise<Match<Entrant>> => {
        const winner = other === null ? one : await meet(one, other, round)
        return { round, one, other, winner }
      }),
    )
    matches.push(...played)
    left = played.map(({ winner }) => winner)
  }
  return { winner: left[0], matches }
}

function drawRound<Entrant>(left: readonly Entrant[]): [Entrant, Entrant | null][] {
  const pairs: [Entrant, Entrant | null][] = []
  for (let index = 0; index < left.length; index += 2) {
    pairs.push([left[index] as Entrant, index + 1 < left.length ? (left[index + 1] as Entrant) : null])
  }
  return pairs
}

const planningOpener = '<system_thinking>'
const tags = /<(\/?)(system_thinking|role_thinking|role_action)>/g

/**
 * What follows `prefill` in take number `take` of a reply. A script that begins with the prefill goes on where it ends.
 * A prefill that ends with a layer (a plan that was kept, a thought that was written anew) gets the rest of another
 * reply, so that a retake of what follows differs. Words that are in no script are brought to an end.
 */
export function continueReply(candidates: readonly string[], take: number, prefill: string): string {
  const start = candidates.length === 0 ? 0 : take % candidates.length
  const ordered = [...candidates.slice(start), ...candidates.slice(0, start)]
  const rests = ordered.map((reply) => restAfter(reply, prefill))
  const rest = rests.find((text) => text !== undefined)
  const endsLayer = /<\/\w+>\s*$/.test(prefill)
  if (rest !== undefined && !(endsLayer && take > 0)) return rest
  const source = ordered.find((_, index) => rests[index] === undefined) ?? ordered[0] ?? ''
  return endingFor(prefill, source)
}

function restAfter(reply: string, prefill: string): string | undefined {
  if (reply.startsWith(prefill)) return reply.slice(prefill.length)
  const planned = reply.slice(planningOpener.length)
  return planned.startsWith(prefill) ? planned.slice(prefill.length) : undefined
}

/** Closes what `prefill` left open and goes on with the part of `source` that comes after as many layers. */
function endingFor(prefill: string, source: string): string {
  const visible = source.slice(source.indexOf('</system_thinking>') + '</system_thinking>'.length)
  const open = openLayer(prefill)
  const hasThought = prefill.includes('<role_thinking>')
  const [, thought = '', afterThought = visible] =
    /<role_thinking>([^<]*)<\/role_thinking>([\s\S]*)/.exec(visible) ?? []
  const unnamed = visible.replace(/^[^<:]{1,60}: /, '')
  const isNamed = /<\/system_thinking>\s*\S/.test(prefill)
  if (open === undefined) return hasThought ? afterThought : isNamed ? unnamed : visible
  const isEmpty = prefill.trimEnd().endsWith(`<${open}>`)
  if (open === 'role_thinking') return `${isEmpty ? thought : '…'}</role_thinking>${afterThought}`
  return `…</${open}>${hasThought ? afterThought : open === 'role_action' ? unnamed : visible}`
}

function openLayer(text: string): string | undefined {
  let open: string | undefined
  for (const [, slash, layer] of text.matchAll(tags)) open = slash ? undefined : layer
  return open
}

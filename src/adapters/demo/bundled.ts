// PLACEHOLDER by the lead so that the page can be looked at; to be overwritten whole.
export async function loadBundledCards() {
  const cards = import.meta.glob('/characters/*/card.json', { query: '?raw', import: 'default' })
  const scenes = import.meta.glob<any>('/characters/*/scene.json', { import: 'default' })
  return Promise.all(
    Object.entries(cards).map(async ([path, load]) => {
      const slug = path.split('/')[2] ?? ''
      const scene = await scenes[`/characters/${slug}/scene.json`]?.()
      return { slug, card: (await load()) as string, portrait: '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 4"><rect width="3" height="4" fill="#a66"/></svg>', hue: scene.hue as number, title: scene.title as string, opening: scene.opening as string }
    }),
  )
}
export function createBundledDemoFetch(): typeof fetch {
  return async (_input, init) => {
    const scenes = import.meta.glob<any>('/characters/*/scene.json', { import: 'default' })
    const scene = await scenes['/characters/elizabeth-bennet/scene.json']?.()
    const text = scene.first as string
    const encoder = new TextEncoder()
    return new Response(new ReadableStream({
      async start(controller) {
        for (let i = 0; i < text.length; i += 4) {
          if (init?.signal?.aborted) break
          controller.enqueue(encoder.encode(`data: ${JSON.stringify({ choices: [{ delta: { content: text.slice(i, i + 4) } }] })}\n\n`))
          await new Promise((r) => setTimeout(r, 15))
        }
        controller.enqueue(encoder.encode(`data: ${JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }] })}\n\ndata: [DONE]\n\n`))
        controller.close()
      },
    }), { headers: { 'content-type': 'text/event-stream' } })
  }
}

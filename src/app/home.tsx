import { useEffect } from 'react'
import { useLocation } from 'wouter'
import { type Services, useServices } from '#state/services.tsx'
import { firstScene } from './bundled.ts'

let opening: Promise<string> | undefined

/** Where the page opens: the latest chat, or, in a fresh library, a scene that plays at once. */
export function Home() {
  const services = useServices()
  const [, navigate] = useLocation()
  useEffect(() => {
    opening ??= findLatestOrPlay(services).finally(() => {
      opening = undefined
    })
    void opening.then((conversationId) => navigate(`/chat/${conversationId}`, { replace: true }))
  }, [services, navigate])
  return <main className="h-full" aria-busy="true" />
}

async function findLatestOrPlay({ storage, chat, seedLibrary, sceneOf, preloadModel }: Services): Promise<string> {
  const conversations = (await storage.list('conversations')).filter((one) => one.deletedAt === undefined)
  const latest = conversations.reduce<(typeof conversations)[number] | undefined>(
    (best, one) => (best && best.updatedAt >= one.updatedAt ? best : one),
    undefined,
  )
  if (latest) return latest.id
  preloadModel()
  const [idsBySlug, scene] = await Promise.all([seedLibrary(firstScene), sceneOf(firstScene)])
  const characterId = idsBySlug.get(firstScene)
  if (!characterId || !scene) throw new Error(`The bundled character ${firstScene} is missing`)
  return chat.begin(characterId, { kind: 'scene', line: scene.opening })
}

import { useCallback } from 'react'
import { type ChatFileToImport, useImportChats } from './import-chats.ts'
import type { ImportOutcome } from './import-run.ts'
import { isSceneFile, useImportScenes } from './import-scenes.ts'
import { useServices } from './services.tsx'

/** Files a chat can come in. Only these are looked into. */
const mayBeChat = /\.(jsonl?|txt)$/i
/** Our own chats say so at the beginning; one that is damaged or newer is still no card. */
const ownFormat = /^\s*\{\s*"format":\s*"subtext-chat"/
/** The beginning of a card in YAML, whose lines look like those of a chat. */
const cardInYaml = /^(?:spec|name|char_name|description|char_persona|first_mes|char_greeting):/m

/** Imports card files, and scenes among them, and gives what became of each. */
export function useImportCards(): (files: readonly File[]) => Promise<readonly ImportOutcome[]> {
  const { openCardImport } = useServices()
  const keepLorebook = useKeepLorebook()
  const importScenes = useImportScenes()
  return useCallback(
    async (files) => {
      const scenes: File[] = []
      const { importCards } = await import('./import-cards.ts')
      const outcomes = await importCards(openCardImport, files, keepLorebook, async (file) => {
        const isScene = await isSceneFile(file)
        if (isScene) scenes.push(file)
        return isScene
      })
      return importScenes(scenes, outcomes)
    },
    [openCardImport, keepLorebook, importScenes],
  )
}

/** Imports chat files, and scenes among them, and gives what became of each. */
export function useImportChatFiles(): (files: readonly File[]) => Promise<readonly ImportOutcome[]> {
  const importChats = useImportChats()
  const importScenes = useImportScenes()
  return useCallback(
    async (files) => {
      const areScenes = await Promise.all(files.map(isSceneFile))
      const chats = files.filter((_, index) => !areScenes[index])
      const outcomes = chats.length > 0 ? await importChats(chats.map((file) => ({ file }))) : []
      return importScenes(
        files.filter((_, index) => areScenes[index]),
        outcomes,
      )
    },
    [importChats, importScenes],
  )
}

/** Keeps a file that was taken for a card and is a lorebook. */
function useKeepLorebook(): (file: File) => Promise<ImportOutcome> {
  const { lorebooks } = useServices()
  return useCallback(
    async (file) => (await import('./import-lorebook.ts')).importLorebook(lorebooks, file),
    [lorebooks],
  )
}

/** Imports whatever was dropped, each as what it is: a card, a lorebook, a chat, or scenes. */
export function useImportFiles(): (files: readonly File[]) => Promise<readonly ImportOutcome[]> {
  const { openCardImport, chatFiles } = useServices()
  const importChats = useImportChats()
  const importScenes = useImportScenes()
  const keepLorebook = useKeepLorebook()
  return useCallback(
    async (files) => {
      const scenes: File[] = []
      const chats: ChatFileToImport[] = []
      const { importCards } = await import('./import-cards.ts')
      const outcomes = await importCards(openCardImport, files, keepLorebook, async (file) => {
        if (await isSceneFile(file)) return scenes.push(file) > 0
        const chat = mayBeChat.test(file.name) ? await asChat(file) : undefined
        if (chat) chats.push(chat)
        return chat !== undefined
      })
      const told = chats.length > 0 ? [...outcomes, ...(await importChats(chats, outcomes))] : outcomes
      return importScenes(scenes, told)

      async function asChat(file: File): Promise<ChatFileToImport | undefined> {
        try {
          const head = await file.slice(0, 2000).text()
          const read = await (await chatFiles()).read(file)
          if (read.ok) {
            return read.value.format === 'text' && cardInYaml.test(head) ? undefined : { file, read: read.value }
          }
          // No card comes in lines of JSON. Whoever imports it has the sentence that says what is wrong with it.
          return /\.jsonl$/i.test(file.name) || ownFormat.test(head) ? { file } : undefined
        } catch (error) {
          if (error instanceof DOMException) return undefined
          throw error
        }
      }
    },
    [openCardImport, chatFiles, importChats, importScenes, keepLorebook],
  )
}

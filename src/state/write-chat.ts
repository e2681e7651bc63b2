import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ConversationId } from '#core/ids.ts'
import type { ExportChoice } from '#core/story/write-chat.ts'
import type { ChatFile, StoryWriter } from '#ports/chat-files.ts'
import { useServices } from './services.tsx'

/** The chat as it was when this was first asked for, written as chosen; undefined while it is being written. */
export function useWrittenChat(conversationId: ConversationId, choice: ExportChoice): ChatFile | undefined {
  const { chatFiles } = useServices()
  const [writer, setWriter] = useState<StoryWriter>()
  useEffect(() => {
    let isGone = false
    let opened: StoryWriter | undefined
    async function open() {
      opened = await (await chatFiles()).open(conversationId)
      if (isGone) opened.close()
      else setWriter(opened)
    }
    void open()
    return () => {
      isGone = true
      opened?.close()
    }
  }, [chatFiles, conversationId])
  return useQuery({
    queryKey: ['written-chat', conversationId, { ...choice, layers: [...choice.layers].sort() }],
    queryFn: () => writer?.write(choice),
    enabled: writer !== undefined && choice.layers.size > 0,
    structuralSharing: false,
    // Large, and soon wrong: the chat goes on.
    gcTime: 0,
  }).data
}

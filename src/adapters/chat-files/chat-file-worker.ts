// First, so that nothing is lost while the words are fetched.

import type { Story } from '#core/story/story.ts'
import { giveEarlyMessages } from '#lib/early-messages.ts'
import { readChatBytes, writeChatFile } from './chat-file-work.ts'
import type { ChatFileRequest } from './worker-messages.ts'

// Runs in a thread of its own, so that a chat of ten thousand turns does not hold up the page.

let story: Story | undefined

addEventListener('message', ({ data, ports: [answers] }: MessageEvent<ChatFileRequest>) => {
  if (data.type === 'read') answers?.postMessage(readChatBytes(data.bytes, data.options))
  else {
    story = data.story ?? story
    if (story) answers?.postMessage(writeChatFile(story, data.choice))
  }
})
giveEarlyMessages()

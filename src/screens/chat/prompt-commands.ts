import { t } from '#lib/translate.ts'
import { type Command, useCommands } from '#state/commands.ts'
import { openChatDialog } from './chat-dialogs.tsx'

const commands: readonly Command[] = [
  {
    id: 'inspect',
    title: t('What the model sees'),
    group: 'Chat',
    keys: 'Alt+p',
    words: t('prompt, context, tokens, inspector, curl'),
    run: () => openChatDialog('inspector'),
  },
  {
    id: 'direct',
    title: t('Director’s note'),
    group: 'Chat',
    keys: 'Alt+d',
    words: t('author’s note, nudge, steer the story'),
    run: () => openChatDialog('note'),
  },
  {
    id: 'eyes',
    title: t('Through their eyes'),
    group: 'Chat',
    keys: 'Alt+y',
    words: t('see, knows, point of view, blacked out'),
    run: () => openChatDialog('eyes'),
  },
  {
    id: 'knowledge',
    title: t('Who knows what'),
    group: 'Chat',
    keys: 'Alt+h',
    words: t('secrets, whispers, missed, heard, knowledge'),
    run: () => openChatDialog('knowledge'),
  },
  {
    id: 'memory',
    title: t('Memory'),
    group: 'Chat',
    keys: 'Alt+m',
    words: t('summary, summarise, long story, context'),
    run: () => openChatDialog('memory'),
  },
  {
    id: 'lorebooks',
    title: t('Lorebooks of this chat'),
    group: 'Chat',
    keys: 'Alt+k',
    words: t('lore, world info, attach'),
    run: () => openChatDialog('lorebooks'),
  },
  {
    id: 'persona',
    title: t('Who you play'),
    group: 'Chat',
    words: t('persona, your name'),
    run: () => openChatDialog('persona'),
  },
  {
    id: 'models',
    title: t('Models of this chat'),
    group: 'Chat',
    words: t('connection, preset, server, minds, who answers'),
    run: () => openChatDialog('models'),
  },
]

/** What can be done with the prompt of a chat, also before its first turn. */
export function usePromptCommands(): void {
  useCommands(commands)
}

import { useState } from 'react'
import { editGreetings, greetingsOf } from '#core/cards/edit-greetings.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { t } from '#lib/translate.ts'
import { GreetingList } from './greeting-list.tsx'
import { Group } from './group.tsx'
import type { StudioTabProps } from './studio-tab.ts'

/** How a chat with the character can begin. */
export function GreetingsTab({ document, change }: StudioTabProps) {
  const greetings = greetingsOf(document)
  const { name, nickname } = viewCard(document)
  const [opened] = useState(greetings)
  return (
    <>
      <Group title={t('Greetings')} about={t('A chat begins with the first; the others are its takes.')}>
        <GreetingList
          kind="all"
          speaker={nickname ?? name}
          opened={[opened.first, ...opened.alternates]}
          onChange={([first = '', ...alternates]) =>
            change(editGreetings(document, { ...greetings, first, alternates }))
          }
        />
      </Group>
      {opened.groupOnly && (
        <Group
          title={t('Group greetings')}
          about={t(
            'For chats of several characters in programs that have them. Subtext keeps them and shows them nowhere else.',
          )}
        >
          <GreetingList
            kind="group"
            speaker={nickname ?? name}
            opened={opened.groupOnly}
            onChange={(groupOnly) => change(editGreetings(document, { ...greetings, groupOnly }))}
          />
        </Group>
      )}
    </>
  )
}

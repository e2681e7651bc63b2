import { useState } from 'react'
import type { CardDocument } from '#core/cards/card.ts'
import { cardFields } from '#core/cards/card-fields.ts'
import type { Character } from '#core/cards/character.ts'
import { editField } from '#core/cards/edit-card.ts'
import { editHer } from '#core/cards/edit-her.ts'
import { own } from '#core/cards/json-tree.ts'
import { proposeName } from '#core/cards/propose-name.ts'
import { viewCard } from '#core/cards/view-card.ts'
import { emptyBook } from '#core/lorebook/edit-lorebook.ts'
import { t } from '#lib/translate.ts'
import { Button } from '#ui/button.tsx'
import { PlaceLink } from '#ui/place-link.tsx'
import { CardField } from './card-field.tsx'
import { DepthPromptFields } from './depth-prompt-fields.tsx'
import { Group } from './group.tsx'
import { RelationshipsField } from './relationships-field.tsx'

interface Props {
  readonly character: Character
  readonly document: CardDocument
  readonly change: (document: CardDocument) => void
}

/** Every text of a card but its greetings. What the card holds beside them stays as it is. */
export function CardTab({ character, document, change }: Props) {
  const card = viewCard(document)
  // As they are written: what stands in for a missing name is no name, and a blank at the end may be one half typed.
  const written = (field: string) => {
    const value = own(cardFields(document), field)
    return typeof value === 'string' ? value : ''
  }
  const [tags, setTags] = useState(card.tags.join(', '))
  // Of a card that was just begun the name comes first.
  const [isNew] = useState(() => written('name') === '' && written('description') === '')
  const set = (field: string) => (value: string) => change(editField(document, field, value))

  return (
    <>
      {character.origin === 'bundled' && (
        <p className="mb-5 rounded-xl bg-accent-wash px-4 py-3 text-sm">
          {t(
            'This character came with Subtext. You change it in place; how it came stays in Versions, from your first change on.',
          )}
        </p>
      )}
      <Group title={t('Who it is')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <CardField
            label={t('Name')}
            isFocused={isNew}
            hint={written('name').trim() === '' && <NoName {...{ document }} onTake={set('name')} />}
            value={written('name')}
            onChange={set('name')}
          />
          <CardField
            label={t('Nickname')}
            hint={t('What {macro} becomes, where it isn’t the name.', { macro: '{{char}}' })}
            value={written('nickname')}
            onChange={(value) => change(editField(document, 'nickname', value === '' ? undefined : value))}
          />
        </div>
        <CardField
          label={t('Description')}
          hint={t('Who they are, how they look, what they know. In every prompt, and other characters are told it.')}
          value={card.description}
          onChange={set('description')}
          isLong
        />
        <CardField
          label={t('Personality')}
          hint={t('Seen from inside; a few words do.')}
          value={card.personality}
          onChange={set('personality')}
          isLong
        />
      </Group>
      <Group title={t('The scene')}>
        <CardField
          label={t('Scenario')}
          hint={t('Where a chat begins, and what has just happened. HER models read it as the current scenario.')}
          value={card.scenario}
          onChange={set('scenario')}
          isLong
        />
        <CardField
          label={t('Example dialogue')}
          hint={t('{start} before each chat, {char} and {user} before each line. It goes first when room is short.', {
            start: '<START>',
            char: '{{char}}:',
            user: '{{user}}:',
          })}
          value={card.exampleDialogue}
          onChange={set('mes_example')}
          isLong
        />
      </Group>
      <Group
        title={t('For HER models')}
        about={t(
          'What HER models were trained to be told and card formats have no field for. Other programs carry it along unseen.',
        )}
      >
        <CardField
          label={t('Book')}
          hint={t('The model is told “You are … from …”.')}
          value={card.her.book ?? ''}
          onChange={(value) => change(editHer(document, 'book', value))}
        />
        <CardField
          label={t('What moves them')}
          hint={t('What they want in this scene. No other character is ever told.')}
          value={card.her.motivation ?? ''}
          onChange={(value) => change(editHer(document, 'motivation', value))}
          isLong
        />
        <RelationshipsField
          relationships={card.her.relationships ?? {}}
          onChange={(relationships) => change(editHer(document, 'relationships', relationships))}
        />
      </Group>
      <Group title={t('Instructions')}>
        <CardField
          label={t('System prompt')}
          hint={t('Takes the place of the sentence that opens the prompt; {macro} brings it back.', {
            macro: '{{original}}',
          })}
          value={card.systemPrompt}
          onChange={set('system_prompt')}
          isLong
        />
        <CardField
          label={t('After the history')}
          hint={t('Told at the end of every request.')}
          value={card.postHistoryInstructions}
          onChange={set('post_history_instructions')}
          isLong
        />
        <DepthPromptFields {...{ document, change }} />
      </Group>
      <Group title={t('Lore')} about={t('What the character knows and is told only when it comes up.')}>
        <span className="-ms-2.5">
          {own(cardFields(document), 'character_book') ? (
            <PlaceLink href={`/characters/${character.id}/lore`}>{t('The lorebook in this card')}</PlaceLink>
          ) : (
            <Button
              look="quiet"
              onClick={() => change(editField(document, 'character_book', emptyBook(viewCard(document).name)))}
            >
              {t('Begin a lorebook in this card')}
            </Button>
          )}
        </span>
      </Group>
      <Group title={t('About the card')} about={t('For readers and other programs. The model sees none of it.')}>
        <div className="grid gap-4 sm:grid-cols-2">
          <CardField label={t('By')} value={card.creator} onChange={set('creator')} isUnsent />
          <CardField label={t('Version')} value={card.version} onChange={set('character_version')} isUnsent />
        </div>
        <CardField
          label={t('Tags')}
          hint={t('With commas between them.')}
          value={tags}
          onChange={(value) => {
            setTags(value)
            const list = value.split(',').map((tag) => tag.trim())
            change(
              editField(
                document,
                'tags',
                list.filter((tag) => tag !== ''),
              ),
            )
          }}
          isUnsent
        />
        <CardField
          label={t('From the author')}
          value={card.creatorNotes}
          onChange={set('creator_notes')}
          isLong
          isUnsent
        />
      </Group>
    </>
  )
}

/** What a card without a name is called until it has one, and what it might be called. */
function NoName({ document, onTake }: { readonly document: CardDocument; readonly onTake: (name: string) => void }) {
  const proposed = proposeName(document)
  return (
    <>
      {t('Until it has one it is called “{name}”, here and in chats.', { name: viewCard(document).name })}{' '}
      {proposed !== undefined && (
        <button type="button" className="text-accent underline" onClick={() => onTake(proposed)}>
          {t('Call it {name}', { name: proposed })}
        </button>
      )}
    </>
  )
}

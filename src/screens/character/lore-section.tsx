import { Link, useLocation } from 'wouter'
import type { Character } from '#core/cards/character.ts'
import { readCardBook } from '#core/lorebook/read-lorebook.ts'
import { t } from '#lib/translate.ts'
import { isAttached, useLorebooks } from '#state/lorebooks.ts'
import { useServices } from '#state/services.tsx'
import { Button } from '#ui/button.tsx'
import { Check } from '#ui/check.tsx'

/** What the character knows beside its card's texts: the book in its card, and those of the library. */
export function LoreSection({ character }: { readonly character: Character }) {
  const { lorebooks: service } = useServices()
  const lorebooks = useLorebooks()
  const [, navigate] = useLocation()
  const own = readCardBook(character.document)
  const address = `/characters/${character.id}/lore`

  async function begin() {
    await (await service()).edit({ kind: 'card', characterId: character.id }, (book) => book.raw)
    navigate(address)
  }

  return (
    <section aria-label={t('Lore')} className="flex flex-col gap-1.5">
      <h2 className="font-medium text-sm">{t('Lore')}</h2>
      {own ? (
        <Link href={address} className="text-accent text-sm underline">
          {t('{count, plural, one {One entry} other {# entries}} in the card', { count: own.entries.length })}
        </Link>
      ) : (
        <Button look="quiet" className="-ms-2.5 self-start" onClick={() => void begin()}>
          {t('Write lore into the card')}
        </Button>
      )}
      {lorebooks && lorebooks.length > 0 && (
        <ul aria-label={t('Lorebooks')} className="flex flex-col text-sm">
          {lorebooks.map(({ id, name }) => (
            <li key={id}>
              <Check
                label={<span className="min-w-0 truncate">{name}</span>}
                isOn={isAttached(character, id)}
                onChange={async (isOn) => (await service()).attach(id, { kind: 'character', id: character.id }, isOn)}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

import { t } from '#lib/translate.ts'

/** One of the twelve dimensions that HER publishes for the quality of role-play (its 51 principles it does not publish). */
export interface Dimension {
  readonly id: string
  /** As it is published: what a judge reads and a file holds. */
  readonly name: string
  readonly about: string
  /** What it is called on screen. */
  readonly label: string
}

export const dimensions: readonly Dimension[] = [
  {
    id: 'character-development',
    name: 'Character Development',
    about: 'consistency, authenticity',
    label: t('Character'),
  },
  {
    id: 'relationship-development',
    name: 'Relationship Development',
    about: 'progression, deepening',
    label: t('Relationship'),
  },
  {
    id: 'emotional-expression',
    name: 'Emotional Expression',
    about: 'continuity, authenticity, depth',
    label: t('Emotion'),
  },
  { id: 'action-description', name: 'Action Description', about: 'expressiveness, rationality', label: t('Action') },
  { id: 'atmosphere-environment', name: 'Atmosphere & Environment', about: '', label: t('Atmosphere') },
  { id: 'dialogue-interaction', name: 'Dialogue & Interaction', about: '', label: t('Dialogue') },
  { id: 'narrative-plot', name: 'Narrative & Plot', about: '', label: t('Plot') },
  { id: 'conflict-tension', name: 'Conflict & Tension', about: '', label: t('Tension') },
  { id: 'details-description', name: 'Details & Description', about: '', label: t('Detail') },
  { id: 'overall-quality', name: 'Overall Quality', about: '', label: t('As a whole') },
  { id: 'safety-boundaries', name: 'Safety & Boundaries', about: '', label: t('Safety') },
  { id: 'worldview-consistency', name: 'Worldview Consistency', about: '', label: t('World') },
]

/** The dimension of this id, or of this name as a judge or a file has it. */
export function dimensionOf(idOrName: string): Dimension | undefined {
  const wanted = plain(idOrName)
  return dimensions.find(({ id, name }) => plain(id) === wanted || plain(name) === wanted)
}

function plain(name: string): string {
  return name
    .toLowerCase()
    .replace(/&|\band\b/g, '')
    .replace(/[^a-z]+/g, '')
}

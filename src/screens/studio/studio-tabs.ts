import type { ComponentType } from 'react'
import { t } from '#lib/translate.ts'
import { lazyPart } from '#ui/lazy-part.tsx'
import type { StudioTabProps } from './studio-tab.ts'
import { studioTabs as teachingTabs } from './tabs/studio-tabs.ts'

/** A part of the studio that has the card and can change it. */
export interface StudioTab {
  /** Its place in the address, after `/edit/`. */
  readonly path: string
  readonly label: string
  /** What the card looks like is shown beside it, where there is room. */
  readonly hasPreview?: true
  readonly Part: ComponentType<StudioTabProps>
}

/** The tabs of the studio after the card's own, in their order. The code of each comes when it is opened. */
export const studioTabs: readonly StudioTab[] = [
  {
    path: 'greetings',
    label: t('Greetings'),
    hasPreview: true,
    Part: lazyPart(() => import('./greetings-tab.tsx').then((module) => ({ default: module.GreetingsTab }))),
  },
  {
    path: 'pictures',
    label: t('Pictures'),
    hasPreview: true,
    Part: lazyPart(() => import('./pictures-tab.tsx').then((module) => ({ default: module.PicturesTab }))),
  },
  ...teachingTabs.map(({ id, label, Tab }) => ({ path: id, label, Part: Tab })),
  {
    path: 'versions',
    label: t('Versions'),
    Part: lazyPart(() => import('./versions-tab.tsx').then((module) => ({ default: module.VersionsTab }))),
  },
  {
    path: 'export',
    label: t('Export'),
    Part: lazyPart(() => import('./export-tab.tsx').then((module) => ({ default: module.ExportTab }))),
  },
]

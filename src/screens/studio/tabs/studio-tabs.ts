import { t } from '#lib/translate.ts'
import { lazyPart } from '#ui/lazy-part.tsx'

/** What stands beside the card in the studio, in order. Each comes when it is first shown. */
export const studioTabs = [
  {
    id: 'advice',
    label: t('Advice'),
    Tab: lazyPart(() => import('./lint-tab.tsx').then((module) => ({ default: module.LintTab }))),
  },
  {
    id: 'bench',
    label: t('Test bench'),
    Tab: lazyPart(() => import('./bench-tab.tsx').then((module) => ({ default: module.BenchTab }))),
  },
  {
    id: 'xray',
    label: t('X-ray'),
    Tab: lazyPart(() => import('./xray-tab.tsx').then((module) => ({ default: module.XrayTab }))),
  },
  {
    id: 'help',
    label: t('Help'),
    Tab: lazyPart(() => import('./help-tab.tsx').then((module) => ({ default: module.HelpTab }))),
  },
] as const

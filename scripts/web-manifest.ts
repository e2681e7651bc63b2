import type { IconLayout } from './draw-icon.ts'

/** The icons that systems want, by file. */
export const icons: Readonly<Record<string, IconLayout>> = {
  'icon-192.png': { size: 192, isMaskable: false },
  'icon-512.png': { size: 512, isMaskable: false },
  'icon-maskable-512.png': { size: 512, isMaskable: true },
  'icon-apple-180.png': { size: 180, isMaskable: true },
}

/** What systems open with the app, and share with it: the files that can be dropped on the page. */
const files = {
  'image/png': ['.png'],
  'application/json': ['.json'],
  'application/jsonl': ['.jsonl'],
  'application/x-charx': ['.charx'],
  'application/x-byaf': ['.byaf'],
  'application/yaml': ['.yaml', '.yml'],
}

const icon192 = [{ src: 'icon-192.png', sizes: '192x192', type: 'image/png' }]

/** What a system needs to know to install the page as an app. Addresses are relative to its own, so to any folder. */
export const webManifest = {
  id: './',
  name: 'Subtext',
  short_name: 'Subtext',
  description: 'Role-play chat that shows what a character says, does, thinks and how the model planned it.',
  lang: 'en',
  start_url: './',
  scope: './',
  display: 'standalone',
  background_color: '#fcfaf5',
  theme_color: '#fcfaf5',
  categories: ['entertainment', 'books'],
  icons: [
    { src: 'icon.svg', sizes: 'any', type: 'image/svg+xml', purpose: 'any' },
    ...icon192.map((icon) => ({ ...icon, purpose: 'any' })),
    { src: 'icon-512.png', sizes: '512x512', type: 'image/png', purpose: 'any' },
    { src: 'icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
  ],
  shortcuts: [
    { name: 'New chat', description: 'With whom you talked to last', url: './?new', icons: icon192 },
    { name: 'Characters', url: './characters', icons: icon192 },
  ],
  file_handlers: [{ action: './', accept: files }],
  launch_handler: { client_mode: ['focus-existing', 'auto'] },
  share_target: {
    action: './share',
    method: 'POST',
    enctype: 'multipart/form-data',
    params: { files: [{ name: 'files', accept: Object.entries(files).flat(2) }] },
  },
}

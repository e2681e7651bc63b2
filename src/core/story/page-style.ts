import { type Html, html } from './html.ts'

/** Both pages, on screen and on paper. No font, picture or sheet comes from elsewhere. */
export const pageStyle: Html = html`
:root { color-scheme: light dark; --ink: #1f1d1a; --soft: #5f5a52; --rule: #cfc8bc; --paper: #fbf9f5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e5dd; --soft: #aaa397; --rule: #4a463f; --paper: #1b1a18; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 3rem 1.25rem; max-width: 42rem; color: var(--ink); background: var(--paper);
  font: 1.0625rem/1.6 Literata, Georgia, 'Times New Roman', serif; overflow-wrap: anywhere; }
body.book { max-width: 64rem; }
h1 { font-size: 1.75rem; line-height: 1.2; font-weight: 600; margin: 0 0 2.5rem; }
h2 { font: 600 0.8125rem/1.4 system-ui, sans-serif; color: var(--soft); margin: 0 0 0.25rem; }
article { margin: 0 0 1.75rem; }
p { margin: 0 0 0.5rem; white-space: pre-wrap; }
img { display: block; width: 8rem; height: auto; margin: 0 0 1.5rem; border-radius: 0.5rem; }
.role_action { font-style: italic; color: var(--soft); }
.role_thinking { font-style: italic; border-inline-start: 2px solid var(--rule); padding-inline-start: 0.75rem; }
.system_thinking { font: 0.8125rem/1.5 system-ui, sans-serif; color: var(--soft); }
.row { display: grid; grid-template-columns: 3fr 2fr; column-gap: 2rem; }
.heads { border-bottom: 1px solid var(--rule); margin: 0 0 1.5rem; }
.diary p { font-size: 0.9375rem; }
@media (max-width: 40rem) { .row { grid-template-columns: 1fr; } .heads { display: none; } }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --rule: #999; --paper: #fff; }
  @page { margin: 18mm 16mm; }
  body { padding: 0; max-width: none; font-size: 10.5pt; }
  .row { grid-template-columns: 3fr 2fr; }
  .heads { display: grid; }
  h1, h2 { break-after: avoid; }
  .row, p { break-inside: avoid; orphans: 3; widows: 3; }
}
`

/** SHA-256 of the style in base64: the page's policy allows this sheet and no other. A test keeps it true. */
export const pageStyleHash = 'geGggUmTbUvBMaMr5+CIefBC/V9x7Tf/V/85/VhaGZ4='

import { type Html, html } from '#lib/html.ts'

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
body.script { max-width: 46rem; }
.script h1 { text-align: center; margin-block-end: 1.5rem; }
.persons { list-style: none; margin: 0 0 3rem; padding: 0; text-align: center; color: var(--soft); font-style: italic; }
.script article { display: grid; grid-template-columns: 9rem 1fr; column-gap: 1.5rem; margin: 0 0 1rem; }
.script .told { display: block; margin-inline-start: 10.5rem; }
.script h2 { font: 500 1.0625rem/1.5 Literata, Georgia, 'Times New Roman', serif; font-variant-caps: all-small-caps;
  letter-spacing: 0.06em; color: var(--ink); text-align: end; margin: 0; }
.script p { margin: 0 0 0.25rem; }
.script .direction, .script .aside { font-style: italic; color: var(--soft); }
.script .aside { padding-inline-start: 1.5rem; }
.script .note { font: 0.8125rem/1.5 system-ui, sans-serif; color: var(--soft); }
@media (max-width: 40rem) { .row, .script article { grid-template-columns: 1fr; } .heads { display: none; }
  .script .told { margin-inline-start: 0; } .script h2 { text-align: start; } }
@media print {
  :root { color-scheme: light; --ink: #000; --soft: #444; --rule: #999; --paper: #fff; }
  @page { margin: 18mm 16mm; }
  body { padding: 0; max-width: none; font-size: 10.5pt; }
  .row { grid-template-columns: 3fr 2fr; }
  .script article { grid-template-columns: 8rem 1fr; }
  .script .told { margin-inline-start: 9.5rem; }
  .script h2 { text-align: end; }
  .heads { display: grid; }
  h1, h2 { break-after: avoid; }
  .row, p { break-inside: avoid; orphans: 3; widows: 3; }
}
`

/** SHA-256 of the style in base64: the page's policy allows this sheet and no other. A test keeps it true. */
export const pageStyleHash = '9ywnx/vV26DYYqfVLujAk7qinbr7WQjc68a8gMIIDhQ='

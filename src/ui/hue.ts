import type { CSSProperties } from 'react'

/** Props that give an element and what is in it the accent colours of a hue (OKLCH degrees). */
export function hueProps(hue: number): { 'data-hue': string; style: CSSProperties } {
  return { 'data-hue': String(Math.round(hue)), style: { '--hue': hue } as CSSProperties }
}

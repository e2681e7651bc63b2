import { readFile } from 'node:fs/promises'
import { loadBundledCards, loadScene } from './bundled.ts'
import { bundledScenes } from './bundled-scenes.ts'
import type { ReadText } from './bundled-text.ts'

/** In a test there is no server: an address is a place in the project. */
const readFromDisk: ReadText = (url) => readFile(`.${new URL(url, 'file:').pathname}`, 'utf8')

export const sceneFromDisk = (name: string) => loadScene(name, readFromDisk)
export const cardsFromDisk = () => loadBundledCards(undefined, readFromDisk)
export const bundledScenesFromDisk = () => bundledScenes(readFromDisk)

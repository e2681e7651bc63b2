import { language } from './translate.ts'

/** Whole sentences one after the other, as one writes them. What is empty or absent is passed over. */
export function sentences(...all: readonly (string | undefined)[]): string {
  return all.filter(Boolean).join(language === 'zh-Hans' ? '' : ' ')
}

import type { CompiledMessage } from 'icu-minify/format'

/** In the browser there is nothing to compile: the build did it (scripts/words.ts), and its parser stays at home. */
export const compileMessage = (message: string): CompiledMessage => message

import { exhaustive } from '#lib/exhaustive.ts'
import type { WeightsProblem } from './weights.ts'

/** What is wrong with a model's file or its download, and what to do: for a reader. */
export function describeWeightsProblem(problem: WeightsProblem): string {
  switch (problem.kind) {
    case 'bad-url':
      return 'That is not the address of a .gguf file. On the page of a model, open “Files” and copy the link of the file.'
    case 'not-gguf':
      return `“${problem.name}” is not a GGUF file. Models for this come as .gguf, the format of llama.cpp.`
    case 'old-version':
      return `“${problem.name}” is GGUF of version ${problem.version}, which the engine does not read. Take a newer file of the same model.`
    case 'spoiled':
      return `“${problem.name}” is damaged: ${problem.what}. Get it anew.`
    case 'truncated':
      return `“${problem.name}” is cut off: it has ${size(problem.bytes)} and needs at least ${size(problem.leastBytes)}. Get it anew.`
    case 'parts':
      return `This model is split into ${problem.wanted} files, and ${problem.found} of them came. Choose all of them together.`
    case 'too-large':
      return `A page has at most 4 GB of memory for a model, and this one takes ${size(problem.bytes)} by itself. Take a smaller one, or a smaller quantization.`
    case 'no-room':
      return `It takes ${size(problem.bytes)}, and this browser has ${size(problem.freeBytes)} left for this page. Make room, or take a smaller one.`
    case 'no-answer':
      return `Nothing answers at ${problem.host}, or it does not let pages download from it (CORS). Download the file yourself and choose it here.`
    case 'refused':
      return `${problem.host} refused (status ${problem.status}). Some models have to be asked for first; a file that you downloaded yourself can be chosen here.`
    case 'no-size':
      return `${problem.host} does not say how large the file is, so it is not begun. Download it yourself and choose it here.`
    case 'dropped':
      return `The connection to ${problem.host} broke off. What has come is kept: go on when the network is back.`
    case 'changed':
      return `What ${problem.host} has now is another file than the one that was begun. Delete what has come, and begin anew.`
    case 'disk':
      return `This browser could not write it to its disk: ${problem.detail}`
    default:
      return exhaustive(problem)
  }
}

/** Bytes as people say them. */
export function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3)).toLocaleString('en')} kB`
  if (bytes < 1e9) return `${Math.round(bytes / 1e6).toLocaleString('en')} MB`
  return `${(bytes / 1e9).toFixed(1)} GB`
}

/** What to call a model on screen: of a model file, which llama.cpp names by its whole path, the file's name. */
export function modelLabel(model: string): string {
  return /\.gguf$/i.test(model) ? (model.split(/[\\/]/).at(-1) ?? model) : model
}

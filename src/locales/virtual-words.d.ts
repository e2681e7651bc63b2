declare module 'virtual:words/*' {
  const words: Readonly<Record<string, import('icu-minify/format').CompiledMessage>>
  export default words
}

/** True for a name that stays inside its archive: no way up, no root, no drive, nothing hidden in it. */
export function isSafeName(name: string): boolean {
  return (
    name !== '' &&
    !/^[/\\]|^[a-z]:|[\\\0]/i.test(name) &&
    name.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  )
}

const reserved = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i

/** A name as RisuAI writes it into an archive, after it has put the name as it was into the card. */
export function sanitiseLikeRisu(name: string): string {
  return name
    .split('/')
    .map((part) => {
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what it takes out
      const plain = part.replace(/[<>:"\\|?*\0-\x1f]/g, '_').replace(/[. ]+$/, '')
      return reserved.test(plain) ? `_${plain}` : plain
    })
    .join('/')
}

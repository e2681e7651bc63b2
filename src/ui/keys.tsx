const isMac = /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? '')

const names: Readonly<Record<string, string>> = {
  $mod: isMac ? '⌘' : 'Ctrl',
  Alt: isMac ? '⌥' : 'Alt',
  Shift: isMac ? '⇧' : 'Shift',
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
}

/** A shortcut in tinykeys' notation, written as it is on the reader's keyboard. */
export function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="flex gap-2 text-faint text-xs">
      {keys.split(' ').map((press) => (
        <span key={press} className="flex gap-0.5">
          {press.split('+').map((key) => (
            <kbd key={key} className="rounded border border-line bg-sunken px-1.5 py-0.5 font-sans">
              {names[key] ?? (key.length === 1 ? key.toUpperCase() : key)}
            </kbd>
          ))}
        </span>
      ))}
    </span>
  )
}

import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { direction } from '#lib/translate.ts'

interface MenuProps {
  readonly trigger: ReactNode
  readonly children: ReactNode
}

/** A menu under a button, open when it comes. Not modal, so that it injects no style sheet (the page's CSP allows none). */
export function Menu({ trigger, children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen dir={direction}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          sideOffset={4}
          align="end"
          collisionPadding={8}
          className="z-50 min-w-44 rounded-xl border border-line bg-raised p-1 text-sm shadow-xl"
        >
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

interface ItemProps {
  readonly onSelect: () => void
  readonly disabled?: boolean
  readonly children: ReactNode
}

export function MenuItem({ onSelect, disabled, children }: ItemProps) {
  return (
    <DropdownMenu.Item
      onSelect={onSelect}
      disabled={disabled ?? false}
      className="flex min-h-9 cursor-pointer items-center gap-2 rounded-lg px-3 outline-none data-disabled:cursor-default data-disabled:opacity-50 data-highlighted:bg-sunken"
    >
      {children}
    </DropdownMenu.Item>
  )
}

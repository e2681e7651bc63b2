/** A wax seal: whole, or broken open. */
export function Seal({ isOpen }: { readonly isOpen: boolean }) {
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true" className="size-4 shrink-0">
      {isOpen ? (
        <>
          <circle
            cx="8"
            cy="8"
            r="6.25"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.25"
            strokeDasharray="16 3.6"
          />
          <circle cx="8" cy="8" r="1.75" fill="currentColor" />
        </>
      ) : (
        <>
          <path
            d="M8 1.2c1.5-.3 2.3.9 3.5 1.3s2.400.6 2.7 2-.5 2.100-.4 3.500.9 2.200.200 3.400-2 .9-3.100 1.600-1.600 1.900-3 1.800-1.900-1.200-3.200-1.600-2.600-.4-3-1.800.6-2.200.4-3.500S1.400 5.600 2 4.400s1.900-1 3-1.700S6.900 1.400 8 1.200Z"
            fill="currentColor"
          />
          <circle cx="8" cy="8" r="3.4" fill="none" stroke="var(--page)" strokeWidth="1" opacity=".8" />
        </>
      )}
    </svg>
  )
}

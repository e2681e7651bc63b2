import { navigate, useLocationProperty } from 'wouter/use-browser-location'
import type { JobId } from '#core/ids.ts'

/** The run that is open, and a case of it that was asked for: what follows the # of the address. */
export function useAddress(): { readonly jobId?: string; readonly caseId?: string } {
  const hash = useLocationProperty(() => window.location.hash.slice(1))
  const [jobId, caseId] = hash.split('/')
  return { ...(jobId && { jobId }), ...(caseId && { caseId: decodeURIComponent(caseId) }) }
}

/** Where a case of a run is, for a link. */
export function caseHref(jobId: JobId, caseId: string): string {
  return `#${jobId}/${encodeURIComponent(caseId)}`
}

/** Opens a run, or closes the one that is open. */
export function openRun(jobId: JobId | undefined): void {
  navigate(`${window.location.pathname}${window.location.search}${jobId ? `#${jobId}` : ''}`, { replace: true })
}

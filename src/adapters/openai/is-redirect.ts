/** Browsers tell of a redirect that was not followed no more than that it is one; Node gives its status. */
export function isRedirect({ type, status }: Response): boolean {
  return type === 'opaqueredirect' || (status >= 300 && status < 400 && status !== 304)
}

import { type BrowserContext, expect, type Page } from '@playwright/test'

export interface Watch {
  /** Whatever was seen so far that text must not bring about, in words. Empty is well. */
  readonly seen: string[]
  /** Looks the page through: nothing in it was made of text. */
  readonly look: (page: Page, where: string) => Promise<void>
}

/**
 * Notes what the pages of a context do that text in them must not: dialogs, tabs, errors, what the policy refused, and
 * any request to an address that begins with none of `allowed`.
 */
export async function watch(context: BrowserContext, allowed: readonly string[]): Promise<Watch> {
  const seen: string[] = []
  context.on('request', (request) => {
    const url = request.url()
    if (!/^(?:blob|data):/.test(url) && !allowed.some((start) => url.startsWith(start))) seen.push(`request: ${url}`)
  })
  context.on('dialog', (dialog) => {
    seen.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  context.on('weberror', (error) => seen.push(`error: ${error.error().message.slice(0, 300)}`))
  await context.exposeBinding('noteViolation', (_source, what: string) => void seen.push(`refused: ${what}`))
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { effectiveDirective, blockedURI, sample, sourceFile, lineNumber } = event
      const note = (window as unknown as { noteViolation: (what: string) => void }).noteViolation
      note(`${effectiveDirective} ${blockedURI} ${sample} ${sourceFile}:${lineNumber}`)
    })
  })
  return {
    seen,
    look: async (page, where) => {
      for (const what of await page.evaluate(findMadeOfText)) seen.push(`${where}: ${what}`)
      expect(seen, where).toEqual([])
    },
  }
}

/** What is in the page that our own code never puts there. Runs in the page. */
function findMadeOfText(): string[] {
  const found: string[] = []
  if ('__pwned' in window || '__pwned' in {}) found.push('a global that is not ours')
  const ours = (url: string) =>
    url === '' ||
    url.startsWith('#') ||
    /^(?:blob|data:image\/)/.test(url) ||
    new URL(url, location.href).origin === location.origin
  const forbidden =
    'iframe,frame,frameset,object,embed,applet,portal,fencedframe,base,style,marquee,plaintext,math,template,foreignObject,animate,set,use,xmp,noscript,video,audio,picture,source,area,track'
  for (const element of document.querySelectorAll('*')) {
    const name = element.localName
    if (element.matches(forbidden)) found.push(`<${name}>`)
    if (name === 'script' && !(element as HTMLScriptElement).src.startsWith(location.origin)) found.push('a script')
    if (name === 'meta' && /refresh|set-cookie/i.test(element.getAttribute('http-equiv') ?? '')) found.push('a meta')
    for (const { name: attribute, value } of element.attributes) {
      if (/^on/i.test(attribute)) found.push(`<${name} ${attribute}>`)
      if (/^(?:srcdoc|ping|formaction|background|poster|srcset|usemap|manifest)$/i.test(attribute)) {
        found.push(`<${name} ${attribute}>`)
      }
      if (/^(?:href|src|action|data|xlink:href|longdesc|cite)$/i.test(attribute) && !ours(value)) {
        found.push(`<${name} ${attribute}=${value}>`)
      }
      if (/^(?:id|name)$/i.test(attribute) && /[<>"']|__proto__|__pwned|constructor/.test(value)) {
        found.push(`<${name} ${attribute}=${value}>`)
      }
    }
  }
  if (document.body.innerText.includes('The page stumbled')) found.push('the crash screen')
  return found
}

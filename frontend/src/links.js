import definition from '../../committees/minutes/tree/nodes.json'

const { schemes } = definition.marks.link.attrs.href
const { href_length: longest } = definition.limits
const MAIL = /^[^\s@/:]+@[^\s@/:]+\.[^\s@/:]+$/

/** The address of a link as it may be stored (https or mailto), or null. */
export function safeHref(text) {
  try {
    const url = new URL((text ?? '').trim())
    return schemes.includes(url.protocol.slice(0, -1)) && url.href.length <= longest ? url.href : null
  } catch {
    return null
  }
}

/** The same, from what a person types: an e-mail address or a site's name without its scheme are understood. */
export function typedHref(text) {
  const typed = text.trim()
  if (MAIL.test(typed)) return safeHref(`mailto:${typed}`)
  if (/^www\.|^[\w-]+(\.[\w-]+)+(\/|$)/.test(typed)) return safeHref(`https://${typed}`)
  return safeHref(typed)
}

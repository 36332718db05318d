/** A DOM element: attributes as given (false and null left out), `onclick` and its like as listeners. No HTML string is ever read. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value)
    else node.setAttribute(name, value === true ? '' : String(value))
  }
  node.append(...children.flat().filter(child => child !== null && child !== undefined))
  return node
}

export function button(label, onclick, attributes = {}) {
  return el('button', { type: 'button', class: 'fr-btn fr-btn--sm fr-btn--secondary', onclick, ...attributes }, label)
}

/** A UUID version 4; `crypto.randomUUID` is missing where the page is not served over a secure context. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6] & 0x0f) | 0x40
  bytes[8] = (bytes[8] & 0x3f) | 0x80
  const hex = Array.from(bytes, byte => byte.toString(16).padStart(2, '0')).join('')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** Only what changes is set: the DSFR looks through all that stands under an element each time an attribute of it is set. */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value)
}

export function setHidden(node, hidden) {
  if (node.hidden !== hidden) node.hidden = hidden
}

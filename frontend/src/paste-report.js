/** What is counted, in the order it is said: [name, one, several, feminine]. */
const LOST = [
  ['image', 'image', 'images', true],
  ['object', 'vidéo ou objet', 'vidéos ou objets'],
  ['colour', 'couleur', 'couleurs', true],
  ['underline', 'soulignement', 'soulignements'],
  ['strike', 'passage barré', 'passages barrés'],
  ['subscript', 'indice', 'indices'],
  ['link', 'lien', 'liens'],
  ['comment', 'commentaire', 'commentaires'],
  ['field', 'champ de formulaire', 'champs de formulaire'],
]

/** « 1 image et 2 couleurs n’ont pas été reprises. », '' when everything was kept. */
export function lostText(counts) {
  const lost = LOST.filter(([name]) => counts[name])
  const words = lost.map(([name, one, several]) => `${counts[name]} ${counts[name] > 1 ? several : one}`)
  if (!words.length) return ''
  const many = lost.length > 1 || counts[lost[0][0]] > 1
  const named = words.length > 1 ? `${words.slice(0, -1).join(', ')} et ${words.at(-1)}` : words[0]
  const feminine = lost.every(([, , , isFeminine]) => isFeminine)
  return `${named} ${many ? 'n’ont' : 'n’a'} pas été repris${feminine ? 'e' : ''}${many && feminine ? 's' : ''}.`
}

const COLOURS = /(?:^|;)\s*(?:color|background|background-color|mso-highlight)\s*:\s*([^;]+)/gi
const NEUTRAL = /^(auto|automatic|inherit|initial|unset|revert|none|transparent|currentcolor|window|windowtext|black|white|(light|dark|dim|slate)*gr[ae]y|silver|var\(.*)$/
const GREY_SPREAD = 24

/** Whether a colour is one to its reader: black, white and greys are not, nor what is left to the browser. */
export function isColour(value) {
  const text = value.toLowerCase().replace(/\s*!important|\s+/g, '')
  if (!text || NEUTRAL.test(text)) return false
  const hex = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(text)?.[1]
  const wide = hex && (hex.length < 6 ? [...hex].map(digit => digit + digit).join('') : hex)
  const [red, green, blue, alpha] = wide ? wide.match(/../g).map(pair => parseInt(pair, 16)) : (text.match(/[\d.]+/g) ?? []).map(Number)
  if (alpha === 0) return false
  if (!wide && !text.startsWith('rgb')) return /^[a-z]+$/.test(text) || text.startsWith('hsl')
  return Math.max(red, green, blue) - Math.min(red, green, blue) > GREY_SPREAD
}

const DECORATED = { underline: /text-decoration[^;]*:[^;]*underline/i, strike: /text-decoration[^;]*:[^;]*line-through/i, subscript: /vertical-align\s*:\s*sub/i }
const ELEMENTS = {
  image: 'img:not([width="1"]):not([width="0"]), canvas, svg',
  object: 'object, embed, iframe, video, audio, applet',
  underline: 'u, ins', strike: 's, strike, del', subscript: 'sub',
  comment: '[data-style*="mso-element:comment"]:not([data-style*="comment-list"])',
  field: 'input:not([type="hidden"]), select, textarea',
}

/**
 * What the text pasted holds and the minutes do not: counted before it is cleaned. `styleOf` gives the styles of an
 * element; the colours are counted once each, as their author sees them.
 */
export function countLost(dom, { styleOf, keepsLink }) {
  const counts = Object.fromEntries(Object.entries(ELEMENTS).map(([name, selector]) => [name, dom.querySelectorAll(selector).length]))
  const colours = new Set()
  for (const element of dom.querySelectorAll('[data-style], font[color], [bgcolor]')) {
    const style = styleOf(element)
    for (const colour of coloursOf(style, element)) colours.add(colour)
    if (!hasText(element) || element.closest('a')) continue
    for (const [name, pattern] of Object.entries(DECORATED)) if (pattern.test(style) && !element.matches(ELEMENTS[name])) counts[name] += 1
  }
  const links = Array.from(dom.querySelectorAll('a[href]')).filter(link => hasText(link) && !/^#|#_(ftn|msocom|edn)/.test(link.getAttribute('href')))
  return { ...counts, colour: colours.size, link: links.filter(link => !keepsLink(link.getAttribute('href'))).length }
}

function coloursOf(style, element) {
  const named = [element.getAttribute('color'), element.getAttribute('bgcolor')].filter(Boolean)
  const found = Array.from(style.matchAll(COLOURS), ([, value]) => value.trim())
  return hasText(element) ? [...named, ...found].filter(isColour).map(colour => colour.toLowerCase().replace(/\s+/g, '')) : []
}

function hasText(element) {
  return Boolean(element.textContent.trim())
}

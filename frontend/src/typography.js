const NBSP = '\u00a0'
const WORD_START = /(^|[\s\u00a0\u202f\ufffc([{«“"'’–—/-])$/
const ADDRESS = /(:\/\/|^www\.|@|^mailto:|^[\p{L}\d-]+(\.[\p{L}\d-]+)+\/)/iu
const SCHEME = /^(https?|ftps?|mailto|tel|file)$/i
const ORDINAL = /(^|[^\p{L}\d.,@/])(1(?:ers?|res?)|2(?:nd|nde|nds|ndes)|(?!1es?$)\d{1,4}es?)$/u
const END_OF_WORD = /^[\s\u00a0\u202f.,;:!?)»"'’…\]-]$/
const OE = new RegExp(
  `(?:^|[^\\p{L}])((?:man|dés)?oe(?:uvr(?:e|é|er|ée|ées|és|ent|ant)s?|il|illade|illets?|illères?|ufs?|dèmes?|sophage|cuméni(?:que|sme)s?)|`
  + `(?:c|ch|ranc|contrec|s)oeurs?|boeufs?|noeuds?|voeux?|moeurs|foetus|foetale?s?)$`, 'iu',
)

/** The run of characters without a space that ends a text: the word, address or number being typed. */
function lastWord(before) {
  return /[^\s\u00a0\u202f]*$/.exec(before)[0]
}

export function inAddress(before) {
  return ADDRESS.test(lastWord(before))
}

/**
 * What French typography asks once `typed` follows `before` in a paragraph, or null: {back, cut, put, typed, raise}.
 * `cut` characters, `back` characters before the cursor, become `put`; `typed` is what is typed then, at the cursor;
 * the last `raise` characters before it are raised. Never inside an address.
 */
export function correction(before, typed) {
  if (typed.length !== 1 || inAddress(before)) return null
  return inWords(before, typed) ?? marks(before, typed)
}

function inWords(before, typed) {
  if (!END_OF_WORD.test(typed)) return null
  const [, , ordinal] = ORDINAL.exec(before) ?? []
  const edit = change({ typed: marks(before, typed)?.typed ?? typed })
  if (ordinal) return { ...edit, raise: /\D+$/.exec(ordinal)[0].length }
  const word = OE.exec(before)
  if (!word) return null
  const at = word.index + word[0].toLowerCase().indexOf('oe')
  const pair = before.slice(at, at + 2)
  return { ...edit, back: before.length - at - 2, cut: 2, put: pair[0] === 'o' ? 'œ' : 'Œ' }
}

function marks(before, typed) {
  if (':;!?'.includes(typed)) return spaced(before, typed)
  if (typed === '»') return closing(before)
  if (typed === '"') return quote(before)
  if (typed === '«') return WORD_START.test(before) ? change({ typed: `«${NBSP}` }) : null
  if (typed === ' ' && before.endsWith(`«${NBSP}`)) return change({ typed: '' })
  if (typed === '.' && /[^./]\.\.$/.test(before)) return change({ cut: 2, put: '', typed: '…' })
  return null
}

function change(parts) {
  return { back: 0, cut: 0, put: '', typed: '', raise: 0, ...parts }
}

/** A space before a high mark becomes one that does not break; without a space, one is put after a word. */
function spaced(before, mark) {
  if (/[^\s\u00a0] $/.test(before)) return change({ cut: 1, put: NBSP, typed: mark })
  if (mark === ':' && (SCHEME.test(lastWord(before)) || /\d$/.test(before))) return null
  return /[\p{L}\d)»%€]$/u.test(before) ? change({ typed: NBSP + mark }) : null
}

function closing(before) {
  if (/[^\s\u00a0] $/.test(before)) return change({ cut: 1, put: NBSP, typed: '»' })
  return /[^\s\u00a0\u202f]$/.test(before) ? change({ typed: `${NBSP}»` }) : null
}

/** " opens where a word begins, closes what is open; after a figure it stays (5"). */
function quote(before) {
  const open = before.lastIndexOf('«') > before.lastIndexOf('»')
  if (open) return before.endsWith(`«${NBSP}`) ? null : closing(before)
  return WORD_START.test(before) ? change({ typed: `«${NBSP}` }) : null
}

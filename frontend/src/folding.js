const LIGATURES = { œ: 'oe', æ: 'ae', ß: 'ss' }
const SPACES = /[\s\u00a0\u202f\u2009]/
const SAME = { '’': "'", 'ʼ': "'", '‘': "'", '‑': '-' }

/** One character as it is compared: any space is a space, any apostrophe an apostrophe. */
function folded(character, { matchCase, matchAccents }) {
  if (SPACES.test(character)) return ' '
  let text = SAME[character] ?? character
  if (!matchCase) text = text.toLowerCase()
  if (!matchAccents) text = text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[œæß]/gi, letter => ligature(letter))
  return text
}

/** The same for what most texts are made of, at little cost: plain letters, figures, signs. */
function plainForm(character, { matchCase }) {
  const code = character.charCodeAt(0)
  if (code < 32 || code > 126) return null
  return matchCase || code < 65 || code > 90 ? character : String.fromCharCode(code + 32)
}

function ligature(letter) {
  const plain = LIGATURES[letter.toLowerCase()]
  return letter === letter.toLowerCase() ? plain : plain.toUpperCase()
}

/** A text as it is compared, and for each of its characters the place in the text it comes from, the end included. */
export function fold(text, options = {}) {
  let out = ''
  const places = []
  let place = 0
  for (const character of text) {
    const form = plainForm(character, options) ?? folded(character, options)
    for (let index = 0; index < form.length; index++) places.push(place)
    out += form
    place += character.length
  }
  return { text: out, places: [...places, place] }
}

/** Where `needle` stands in `text`: [[from, to], …], none over another. `form` is the text as folded, if it is known. */
export function occurrences(text, needle, options = {}, form = fold(text, options)) {
  const wanted = fold(needle, options).text
  if (!wanted) return []
  const { text: searched, places } = form
  const found = []
  for (let at = searched.indexOf(wanted); at >= 0; at = searched.indexOf(wanted, at + wanted.length)) {
    const to = endOf(places, at + wanted.length)
    if (!found.length || places[at] >= found.at(-1)[1]) found.push([places[at], to])
  }
  return found
}

/** A match that ends in the middle of a ligature takes it whole; a mark that follows a letter goes with it. */
function endOf(places, index) {
  let end = index
  while (end < places.length - 1 && places[end] === places[end - 1]) end++
  return places[end]
}

/** The words of a title, alone: « 2°) Les délais ! » is « 2 les delais ». */
export function words(text) {
  const spread = text.replace(/[œæß]/gi, letter => ligature(letter)).normalize('NFD').toLowerCase()
  return spread.replace(/\p{M}/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

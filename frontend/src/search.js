import { fold, occurrences } from './folding.js'

/**
 * Where a text is found in a document, in its order: {from, to} in the text, {pos, attribute, from, to} in a field
 * (label, speaker, title, footnote…). `fields(node)` names the attributes of a node that are typed in place.
 */
export function matches(doc, query, options, fields = () => []) {
  const found = []
  if (!query) return found
  const inFields = (node, pos) => fields(node).flatMap(attribute => (
    occurrences(node.attrs[attribute] ?? '', query, options).map(([from, to]) => ({ pos, attribute, from, to }))
  ))
  doc.descendants((node, pos) => {
    found.push(...inFields(node, pos))
    if (!node.isTextblock) return true
    const inside = occurrences(textOf(node), query, options, formOf(node, options)).map(([from, to]) => ({ from: pos + 1 + from, to: pos + 1 + to }))
    node.forEach((child, offset) => inside.push(...inFields(child, pos + 1 + offset)))
    found.push(...inside.sort((one, other) => placeOf(one) - placeOf(other)))
    return false
  })
  return found
}

const textOf = node => node.textBetween(0, node.content.size, null, '\ufffc')
const forms = new Map()

/** A line as it is compared; one that did not change is not read again. */
function formOf(node, options) {
  const key = `${Boolean(options.matchCase)}${Boolean(options.matchAccents)}`
  if (!forms.has(key)) forms.set(key, new WeakMap())
  const known = forms.get(key)
  if (!known.has(node)) known.set(node, fold(textOf(node), options))
  return known.get(node)
}

export const placeOf = match => match.pos ?? match.from

/** The match to show first: the one at the cursor or after it, else the first. */
export function nearest(found, place) {
  const index = found.findIndex(match => placeOf(match) >= place)
  return index < 0 && found.length ? 0 : index
}

/** Writes `text` over the matches, from the last to the first. Returns how many: a field longer than `maximum(node, attribute)` stays. */
export function replace(tr, found, text, maximum) {
  let count = 0
  for (const match of found.toReversed()) count += replaceOne(tr, match, text, maximum)
  return count
}

function replaceOne(tr, { pos, attribute, from, to }, text, maximum) {
  if (attribute === undefined) {
    tr.insertText(text, from, to)
    return 1
  }
  const node = tr.doc.nodeAt(pos)
  const old = node.attrs[attribute]
  const value = old.slice(0, from) + text + old.slice(to)
  if (value.length > maximum(node, attribute)) return 0
  tr.setNodeAttribute(pos, attribute, value)
  return 1
}

/** « 3 sur 12 », « Aucun résultat ». */
export function countText(index, count) {
  if (!count) return 'Aucun résultat'
  return index < 0 ? `${count} résultat${count > 1 ? 's' : ''}` : `${index + 1} sur ${count}`
}

import { occurrences } from './folding.js'

/**
 * Where a text is found in a document, in its order: {from, to} in the text, {pos, attribute, from, to} in a field
 * (label, speaker, title…). `fields(node)` names the attributes of a node that are typed in place.
 */
export function matches(doc, query, options, fields = () => []) {
  const found = []
  if (!query) return found
  const inFields = (node, pos) => {
    for (const attribute of fields(node)) {
      for (const [from, to] of occurrences(node.attrs[attribute] ?? '', query, options)) found.push({ pos, attribute, from, to })
    }
  }
  doc.descendants((node, pos) => {
    inFields(node, pos)
    if (!node.isTextblock) return true
    const text = node.textBetween(0, node.content.size, null, '\ufffc')
    for (const [from, to] of occurrences(text, query, options)) found.push({ from: pos + 1 + from, to: pos + 1 + to })
    node.forEach((inner, offset) => inFields(inner, pos + 1 + offset))
    return false
  })
  return found
}

export const placeOf = match => match.pos ?? match.from

/** The match to show first: the one at the cursor or after it, else the first. */
export function nearest(found, place) {
  const index = found.findIndex(match => placeOf(match) >= place)
  return index < 0 && found.length ? 0 : index
}

/** Writes `text` over the matches, from the last to the first. Returns how many, those whose field would be too long left out. */
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
  const old = tr.doc.nodeAt(pos).attrs[attribute]
  const value = old.slice(0, from) + text + old.slice(to)
  if (value.length > maximum) return 0
  tr.setNodeAttribute(pos, attribute, value)
  return 1
}

/** « 3 sur 12 », « Aucun résultat ». */
export function countText(index, count) {
  if (!count) return 'Aucun résultat'
  return index < 0 ? `${count} résultat${count > 1 ? 's' : ''}` : `${index + 1} sur ${count}`
}

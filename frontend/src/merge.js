import { Slice } from '@tiptap/pm/model'
import { ReplaceStep } from '@tiptap/pm/transform'
import { sectionsOf } from './document.js'

/** `main` with the ids only `other` has, each after the one it follows there. */
export function withMissing(main, other) {
  const ids = [...main]
  other.forEach((id, index) => {
    if (!ids.includes(id)) ids.splice(index ? ids.indexOf(other[index - 1]) + 1 : 0, 0, id)
  })
  return ids
}

/**
 * Compares three states: what this page last knew of the server, what the server holds now, what the document holds.
 * `updates`: sections changed there and untouched here. `conflicts`: changed on both sides, for a person to decide.
 * `ids`: the order to show; `disputed` when both sides moved sections differently.
 */
export function compare(baseline, theirs, doc) {
  const mine = sectionsOf(doc)
  const ids = new Set([...baseline.sections.keys(), ...theirs.sections.keys(), ...mine.keys()])
  const updates = []
  const conflicts = []
  for (const id of ids) {
    const base = baseline.sections.get(id)?.node
    const other = theirs.sections.get(id)?.node
    const own = mine.get(id)
    if (same(base, other) || same(own, other)) continue
    ;(same(base, own) ? updates : conflicts).push(id)
  }
  return { updates, conflicts, ...mergeOrder(baseline.order.ids, theirs.order.ids, [...mine.keys()]) }
}

/** Whether two sections are the same text, or both absent. */
export function same(left, right) {
  return left && right ? left.eq(right) : !left && !right
}

function mergeOrder(base, theirs, mine) {
  const shared = new Set(base.filter(id => theirs.includes(id) && mine.includes(id)))
  const within = ids => ids.filter(id => shared.has(id)).join()
  const iMoved = within(mine) !== within(base)
  const theyMoved = within(theirs) !== within(base)
  const disputed = iMoved && theyMoved && within(mine) !== within(theirs)
  return { ids: iMoved ? withMissing(mine, theirs) : withMissing(theirs, mine), disputed }
}

/** Brings the document to these sections in this order, by the smallest steps, so that the cursor and the undo history stay. */
export function arrange(tr, ids, nodeOf) {
  ids.filter(id => nodeOf(id)).forEach((id, index) => {
    const node = nodeOf(id)
    const at = startOf(tr.doc, index)
    if (tr.doc.maybeChild(index)?.attrs.id !== id) moveOrInsert(tr, id, index, at, node)
    replaceChanged(tr, at, tr.doc.nodeAt(at), node)
  })
  const wanted = new Set(ids.filter(id => nodeOf(id)))
  for (let index = tr.doc.childCount - 1; index >= 0; index--) {
    const section = tr.doc.child(index)
    const start = startOf(tr.doc, index)
    if (!wanted.has(section.attrs.id) && tr.doc.childCount > 1) tr.delete(start, start + section.nodeSize)
  }
  return tr
}

function moveOrInsert(tr, id, index, at, node) {
  for (let later = index; later < tr.doc.childCount; later++) {
    const section = tr.doc.child(later)
    if (section.attrs.id !== id) continue
    const start = startOf(tr.doc, later)
    tr.delete(start, start + section.nodeSize)
    tr.insert(at, section)
    return
  }
  tr.insert(at, node)
}

/** A step is taken as it is or not at all: fitted to its place, it could change the text of the other person. */
function replaceChanged(tr, pos, old, node) {
  const start = old.content.findDiffStart(node.content)
  if (start === null) return
  let { a, b } = old.content.findDiffEnd(node.content)
  const overlap = start - Math.min(a, b)
  if (overlap > 0) {
    a += overlap
    b += overlap
  }
  const smallest = new ReplaceStep(pos + 1 + start, pos + 1 + a, node.slice(start, b))
  const whole = new ReplaceStep(pos + 1, pos + 1 + old.content.size, new Slice(node.content, 0, 0))
  tr.step(smallest.apply(tr.doc).doc?.nodeAt(pos).eq(node) ? smallest : whole)
}

function startOf(doc, index) {
  let pos = 0
  for (let child = 0; child < index && child < doc.childCount; child++) pos += doc.child(child).nodeSize
  return pos
}

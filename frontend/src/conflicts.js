import { closeHistory } from '@tiptap/pm/history'
import { bothContents, findSection, sectionsOf } from './document.js'
import { LET_IN } from './hands.js'
import { arrange, compare } from './merge.js'

/**
 * The sections changed on both sides, or in a draft found again, until a person decides. Nothing of them is sent
 * meanwhile, nothing is merged. What the others changed and this page did not is taken in, and `tell` says so.
 */
export class Conflicts {
  constructor({ editor, baseline, retired, tell, changed }) {
    Object.assign(this, { editor, baseline, retired, tell, changed })
    this.cases = new Map()
    this.orderCase = null
    this.authors = new Map()
  }

  /** Whether this section changed on both sides; the case of a draft bears another key, and holds nothing back. */
  has(id) {
    return this.cases.has(id)
  }

  get waiting() {
    return Boolean(this.orderCase) || this.cases.size > this.drafts
  }

  get orderWaits() {
    return Boolean(this.orderCase)
  }

  /** The version this page started from, which a draft must remember while the conflict lasts. */
  baseOf(id) {
    return this.has(id) ? this.cases.get(id).base : undefined
  }

  /** Keeps what a 412 says: who wrote the other version, when, and the text both started from. */
  told(conflicts) {
    for (const { id, author, at, base_content: base } of conflicts) this.authors.set(id, { author, at, baseContent: base })
  }

  /** Compares with all that the server holds now, takes in what only the others changed, opens a case for the rest. */
  meet(theirs, announce = updates => this.announce(updates)) {
    const { state, view } = this.editor
    const { updates, conflicts, ids, disputed } = compare(this.baseline, theirs, state.doc)
    const mine = sectionsOf(state.doc)
    for (const id of [...this.cases.keys()]) if (this.isSettled(id, theirs, mine)) this.cases.delete(id)
    for (const id of conflicts) this.open(id, theirs)
    const nodeOf = id => (updates.includes(id) ? theirs.sections.get(id)?.node : mine.get(id))
    this.orderCase = disputed ? { theirs: theirs.order.ids } : null
    this.baseline.replace(theirs)
    const order = disputed ? [...mine.keys(), ...ids.filter(id => !mine.has(id))] : ids
    this.rearrange(view, order, nodeOf, false)
    if (updates.length) announce(updates)
    this.changed()
  }

  announce({ length }) {
    this.tell(length === 1 ? 'Une section modifiée par une autre personne a été mise à jour.' : `${length} sections modifiées par une autre personne ont été mises à jour.`)
  }

  open(id, theirs) {
    const before = this.cases.get(id) // already open: both sides still start from there
    const { author, at, baseContent } = this.authors.get(id) ?? {}
    const known = this.baseline.sections.get(id)?.node ?? null
    const start = before ? before.start : baseContent ? this.readable(baseContent) : known
    const base = before?.base ?? this.baseline.sections.get(id)?.version ?? 0
    this.cases.set(id, { id, base, start, theirs: theirs.sections.get(id)?.node ?? null, author, at })
  }

  /** The other person has since come to the very text of this page: nothing is left to choose. */
  isSettled(id, theirs, mine) {
    const node = theirs.sections.get(id)?.node
    return this.cases.get(id).draft === undefined && node && mine.get(id)?.eq(node)
  }

  readable(content) {
    try {
      return this.editor.schema.nodeFromJSON(content)
    } catch {
      return null
    }
  }

  /** A section of a draft found again (node null: the draft had removed it), beside the text as it is now. */
  openDraft(id, node, at) {
    this.cases.set(`draft-${at}-${id}`, { id, draft: node, at })
    this.changed()
  }

  get drafts() {
    return [...this.cases.values()].filter(({ draft }) => draft !== undefined).length
  }

  /** The two texts of a case: {mine, theirs}, null where the section is removed. */
  texts({ id, draft, theirs }) {
    const now = findSection(this.editor.state.doc, id)?.node ?? null
    return draft === undefined ? { mine: now, theirs } : { mine: draft, theirs: now }
  }

  /** `choice`: mine, theirs or both (theirs, then mine). The choice can be undone in the text. */
  decide(key, choice) {
    const found = this.cases.get(key)
    const { id } = found
    const { mine, theirs } = this.texts(found)
    const node = { mine, theirs, both: mine && theirs && bothContents(theirs, mine) }[choice]
    const kept = sectionsOf(this.editor.state.doc)
    const order = [...kept.keys()]
    if (node && !kept.has(id)) order.splice(this.placeOf(id, order), 0, id)
    this.cases.delete(key)
    this.authors.delete(id)
    this.rearrange(this.editor.view, order, other => (other === id ? node : kept.get(other)), true)
    this.changed()
  }

  placeOf(id, order) {
    const ids = this.baseline.order.ids
    for (let index = ids.indexOf(id) - 1; index >= 0; index--) if (order.includes(ids[index])) return order.indexOf(ids[index]) + 1
    return ids.includes(id) ? 0 : order.length
  }

  decideOrder(choice) {
    const mine = sectionsOf(this.editor.state.doc)
    const ids = choice === 'mine' ? [...mine.keys()] : [...this.orderCase.theirs, ...[...mine.keys()].filter(id => !this.orderCase.theirs.includes(id))]
    this.orderCase = null
    this.rearrange(this.editor.view, ids, id => mine.get(id), true)
    this.changed()
  }

  rearrange(view, ids, nodeOf, undoable) {
    for (const id of ids) if (nodeOf(id)) this.retired.delete(id)
    const tr = arrange(view.state.tr, ids, nodeOf).setMeta(LET_IN, true)
    if (tr.docChanged) view.dispatch(undoable ? closeHistory(tr) : tr.setMeta('addToHistory', false))
  }
}

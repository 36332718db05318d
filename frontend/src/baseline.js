import { sectionsOf } from './document.js'
import { withMissing } from './merge.js'

/** What the server holds, as far as this page was told: each section with its version, and the order with its own. */
export class Baseline {
  constructor({ sections, order }) {
    this.replace({ sections, order })
  }

  replace({ sections, order }) {
    this.sections = new Map(sections)
    this.order = { version: order.version, ids: [...order.ids] }
  }

  /**
   * What the document has and the server has not: [{id, base, node}] (node null for a removed section) and the ids in
   * order, or null. `wait(id, node)` leaves out a section in conflict or refused; `waitOrder` leaves the order alone,
   * and with it what would change the list of sections.
   */
  difference(doc, { wait = () => false, waitOrder = false } = {}) {
    const mine = sectionsOf(doc)
    const added = ([id]) => !this.sections.has(id)
    const sections = [
      ...[...mine].filter(entry => !(waitOrder && added(entry))).map(([id, node]) => this.change(id, node)),
      ...(waitOrder ? [] : [...this.sections.keys()].filter(id => !mine.has(id)).map(id => this.change(id, null))),
    ].filter(change => change && !wait(change.id, change.node))
    const ids = this.orderOf([...mine.keys()], new Set(sections.filter(({ node }) => !node).map(({ id }) => id)), sections)
    return { sections, order: waitOrder || sameIds(ids, this.order.ids) ? null : ids }
  }

  change(id, node) {
    const known = this.sections.get(id)
    if (known && node && known.node.eq(node)) return null
    return { id, base: known?.version ?? 0, node }
  }

  /** The order to send: without the new sections that wait, with the removals that wait. */
  orderOf(ids, removed, sent) {
    const sentIds = new Set(sent.map(({ id }) => id))
    const known = ids.filter(id => this.sections.has(id) || sentIds.has(id))
    return withMissing(known, this.order.ids.filter(id => !removed.has(id) && this.sections.has(id)))
  }

  /** Records an acknowledged operation. */
  acknowledge(operation, answer) {
    const versions = new Map(answer.sections.map(({ id, version }) => [id, version]))
    for (const { id, node, base } of operation.sections) {
      if (node) this.sections.set(id, { version: versions.get(id) ?? base + 1, node })
      else this.sections.delete(id)
    }
    if (operation.order) this.order = { version: answer.order_version, ids: operation.order }
  }
}

export function sameIds(left, right) {
  return left.length === right.length && left.every((id, index) => id === right[index])
}

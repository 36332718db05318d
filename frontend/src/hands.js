import { Plugin, PluginKey } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { serverHour } from './dates.js'
import { findSection } from './document.js'

const key = new PluginKey('hands')

/** A change that was decided, or that comes from the server, enters a section that somebody else has in hand. */
export const LET_IN = 'hands_let_in'

/**
 * The sections others write in. One that this page has not changed is closed to typing until its hand is taken; one
 * changed here already is left open: its two texts end in a choice, never in a loss.
 */
export class Hands {
  constructor({ baseline, refused }) {
    Object.assign(this, { baseline, refused, all: {} })
  }

  plugin() {
    return new Plugin({
      key,
      filterTransaction: (tr, state) => this.lets(tr, state),
      props: { decorations: state => this.decorations(state) },
    })
  }

  /** Takes what the server says; true when something changed. */
  learn(all) {
    const before = JSON.stringify(this.all)
    this.all = all
    return JSON.stringify(all) !== before
  }

  forget() {
    this.all = {}
  }

  heldByOther(id) {
    const hand = this.all[id]
    return hand && !hand.mine ? hand : null
  }

  /** Somebody else has it in hand, and this page has not changed it: nothing is typed there. */
  closes(id) {
    return Boolean(this.heldByOther(id)) && !this.isDirty(id)
  }

  isDirty(id) {
    const node = findSection(this.view.state.doc, id)?.node
    return Boolean(node ? this.baseline().change(id, node) : this.baseline().sections.has(id))
  }

  lets(tr, state) {
    if (!tr.docChanged || tr.getMeta(LET_IN)) return true
    const closed = Object.keys(this.all).filter(id => this.heldByOther(id))
    for (const id of closed) {
      const before = findSection(state.doc, id)?.node
      if (!before || this.baseline().change(id, before) || stays(tr.doc, before)) continue
      this.refused(id)
      return false
    }
    return true
  }

  decorations({ doc }) {
    const found = Object.keys(this.all).filter(id => this.heldByOther(id)).map(id => [id, findSection(doc, id)])
    return DecorationSet.create(doc, found.filter(([, place]) => place).map(([id, { pos, end }]) =>
      Decoration.node(pos, end, { class: 'mm-section--held', 'data-writer': writes(this.all[id]) })))
  }

  redraw() {
    this.view.dispatch(this.view.state.tr.setMeta(key, true).setMeta('addToHistory', false))
  }
}

function stays(doc, section) {
  let found = false
  doc.forEach(node => (found ||= node.attrs.id === section.attrs.id && node.eq(section)))
  return found
}

/** « Marie Untel écrit ici depuis 14:32 » */
export function writes({ name, since }) {
  return `${name} écrit ici depuis ${serverHour(since)}`
}

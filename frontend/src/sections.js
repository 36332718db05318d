import { closeHistory } from '@tiptap/pm/history'
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { newSection, roomToType } from './document.js'
import { uuid } from './dom.js'

/** The section that holds the cursor: node, position, index in the document. */
export function currentSection(state) {
  const { $from } = state.selection
  if ($from.depth === 0) {
    const node = state.doc.nodeAt($from.pos)
    return node ? { node, pos: $from.pos, index: $from.index(0) } : null
  }
  return { node: $from.node(1), pos: $from.before(1), index: $from.index(0) }
}

export function addSection(state, dispatch) {
  const { pos, node } = currentSection(state)
  if (dispatch) {
    const at = pos + node.nodeSize
    const tr = state.tr.insert(at, newSection(state.schema))
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView())
  }
  return true
}

/** Moves the current section by one place; `step` is -1 or 1. The cursor goes with it. */
export function moveSection(step) {
  return (state, dispatch) => {
    const { index, pos, node } = currentSection(state)
    const other = state.doc.maybeChild(index + step)
    if (!other) return false
    if (dispatch) {
      const shift = step * other.nodeSize
      const start = step < 0 ? pos - other.nodeSize : pos
      const pair = step < 0 ? [node, other] : [other, node]
      const tr = state.tr.replaceWith(start, start + node.nodeSize + other.nodeSize, pair)
      const { anchor, head } = state.selection
      tr.setSelection(TextSelection.between(tr.doc.resolve(anchor + shift), tr.doc.resolve(head + shift)))
      dispatch(closeHistory(tr).scrollIntoView())
    }
    return true
  }
}

/** Nothing would be lost with this section: no text, no label, nothing the meeting fills. */
export function saysNothing(section) {
  let empty = true
  section.descendants(node => {
    const { label } = node.attrs
    empty &&= node.isText ? !node.text.trim() : ['heading', 'paragraph', 'hard_break'].includes(node.type.name) && !label?.trim()
  })
  return empty
}

export function deleteSection(state, dispatch) {
  if (state.doc.childCount < 2) return false
  const { pos, node } = currentSection(state)
  if (dispatch) {
    const tr = state.tr.delete(pos, pos + node.nodeSize)
    const near = tr.doc.resolve(Math.min(pos, tr.doc.content.size))
    dispatch(closeHistory(tr).setSelection(TextSelection.near(near)).scrollIntoView())
  }
  return true
}

/**
 * Each section keeps an id of its own. A copy gets a new one, and so does a section brought back (undo) after its
 * removal was sent: `retired` holds those ids, which the server may already have closed.
 */
export function sectionIds(retired) {
  return new Plugin({
    key: new PluginKey('section_ids'),
    appendTransaction(transactions, _, state) {
      if (!transactions.some(transaction => transaction.docChanged)) return null
      const tr = state.tr
      const seen = new Set()
      state.doc.forEach((section, pos) => {
        const { id } = section.attrs
        const fresh = !id || seen.has(id) || retired.has(id) ? uuid() : id
        seen.add(fresh)
        if (fresh !== id) tr.setNodeAttribute(pos, 'id', fresh)
      })
      for (const [pos, node] of emptied(tr.doc)) tr.replaceWith(pos, pos + node.nodeSize, roomToType(node))
      return tr.docChanged ? tr : null
    },
  })
}

/** The sections and signatures without a line to type in, last first. */
function emptied(doc) {
  const found = []
  doc.forEach((section, pos) => {
    const block = section.type.schema.nodes.signature_block
    let bare = section.childCount === 0
    section.forEach(child => (bare ||= child.type === block && child.childCount === 0))
    if (bare) found.unshift([pos, section])
  })
  return found
}

const marksKey = new PluginKey('section_marks')

/** Frames the section that holds the cursor, and those the server refused. */
export function sectionMarks() {
  return new Plugin({
    key: marksKey,
    state: {
      init: () => new Set(),
      apply: (tr, refused) => tr.getMeta(marksKey) ?? refused,
    },
    props: {
      decorations(state) {
        const current = currentSection(state)?.index
        const decorations = []
        state.doc.forEach((node, pos, index) => {
          const names = [
            ...(index === current ? ['mm-section--current'] : []),
            ...(marksKey.getState(state).has(node.attrs.id) ? ['mm-section--refused'] : []),
          ]
          if (names.length) decorations.push(Decoration.node(pos, pos + node.nodeSize, { class: names.join(' ') }))
        })
        return DecorationSet.create(state.doc, decorations)
      },
    },
  })
}

export function markRefused(view, ids) {
  view.dispatch(view.state.tr.setMeta(marksKey, new Set(ids)).setMeta('addToHistory', false))
}

import { NodeSelection, TextSelection } from '@tiptap/pm/state'

/** Turns the chosen paragraphs into headings of this level; headings keep their label. */
export function toHeading(level) {
  return eachBlock(({ paragraph, heading }) => (tr, node, pos) => {
    if (node.type === heading) tr.setNodeAttribute(pos, 'level', level)
    else if (node.type === paragraph) tr.setBlockType(pos, pos + node.nodeSize, heading, { level })
  })
}

/** Turns the chosen headings and decisions into paragraphs; a label stays as text, never lost. */
export const toParagraph = eachBlock(({ paragraph }) => (tr, node, pos) => {
  if (node.type === paragraph) return
  tr.setBlockType(pos, pos + node.nodeSize, paragraph)
  if (node.attrs.label) tr.insertText(`${node.attrs.label} `, pos + 1)
})

function eachBlock(change) {
  return (state, dispatch) => {
    const { from, to } = state.selection
    const blocks = []
    state.doc.nodesBetween(from, to, (node, pos, parent) => {
      if (node.isTextblock && parent.type.name === 'section') blocks.unshift([node, pos])
    })
    if (!blocks.length) return false
    if (dispatch) {
      const tr = state.tr
      for (const [node, pos] of blocks) change(state.schema.nodes)(tr, node, pos)
      dispatch(tr.scrollIntoView())
    }
    return true
  }
}

export function blockIs(state, name, attrs = {}) {
  const { parent } = state.selection.$from
  return parent.type.name === name && Object.entries(attrs).every(([key, value]) => parent.attrs[key] === value)
}

/** Enter in a heading, a decision or a separator: the rest goes into a paragraph, so that a label is never repeated. */
export function splitLabelled(state, dispatch) {
  const { $from, $to } = state.selection
  if (!['heading', 'decision', 'separator'].includes($from.parent.type.name) || !$from.sameParent($to)) return false
  if (intoEmptyLine(state, dispatch)) return true
  if (dispatch) {
    const tr = state.tr.deleteSelection()
    tr.split(tr.selection.from, 1, [{ type: state.schema.nodes.paragraph }])
    dispatch(tr.scrollIntoView())
  }
  return true
}

/** At the end of a heading above an empty line, Enter goes to that line, where one more would be left behind. */
function intoEmptyLine(state, dispatch) {
  const { empty, $from } = state.selection
  if (!empty || $from.parentOffset < $from.parent.content.size) return false
  const next = $from.node(-1).maybeChild($from.index(-1) + 1)
  if (next?.type.name !== 'paragraph' || next.content.size) return false
  dispatch?.(state.tr.setSelection(TextSelection.create(state.doc, $from.after() + 1)).scrollIntoView())
  return true
}

export function hardBreak(state, dispatch) {
  const { hard_break: type } = state.schema.nodes
  if (!state.selection.$from.parent.type.contentMatch.matchType(type)) return false
  dispatch?.(state.tr.replaceSelectionWith(type.create()).scrollIntoView())
  return true
}

/** Puts a block after the one (child of the section) that holds the cursor, in place of an empty paragraph. */
export function insertBlock(make) {
  return (state, dispatch) => {
    const { $from } = state.selection
    if ($from.depth < 1) return false
    if (dispatch) {
      const node = make(state.schema)
      const block = $from.depth > 1 ? $from.node(2) : state.selection.node
      const before = $from.depth > 1 ? $from.before(2) : $from.pos
      const bare = block?.type.name === 'paragraph' && block.content.size === 0
      const at = bare || !block ? before : before + block.nodeSize
      const tr = bare ? state.tr.replaceWith(at, at + block.nodeSize, node) : state.tr.insert(at, node)
      tr.setSelection(node.isAtom ? NodeSelection.create(tr.doc, at) : TextSelection.near(tr.doc.resolve(at + 1)))
      dispatch(tr.scrollIntoView())
    }
    return true
  }
}

/** The signature of the préfecture, one line per line of its layout; an empty line is the room for a hand. */
export function newSignature(schema, lines = []) {
  const { signature_block: block, signature_line: printed } = schema.nodes
  const written = (lines.length ? lines : ['']).map(line => printed.create(null, line ? schema.text(line) : null))
  return block.create(null, written)
}

/** Enter in the signature: another line up to `most`; in an empty last line, out of the block. */
export function splitSignature(most) {
  return (state, dispatch) => {
    const { $from } = state.selection
    if ($from.parent.type.name !== 'signature_line') return false
    const block = $from.node(-1)
    const last = $from.index(-1) === block.childCount - 1
    if (last && $from.parent.content.size === 0 && block.childCount > 1) return leaveSignature(state, dispatch)
    if (block.childCount >= most) return last ? leaveSignature(state, dispatch, false) : true
    dispatch?.(state.tr.deleteSelection().split(state.selection.from).scrollIntoView())
    return true
  }
}

/** Backspace in a signature that has one empty line removes it. */
export function dropSignature(state, dispatch) {
  const { $from } = state.selection
  if ($from.parent.type.name !== 'signature_line' || $from.parent.content.size || $from.node(-1).childCount > 1) return false
  if (dispatch) {
    const tr = state.tr.replaceWith($from.before(-1), $from.after(-1), state.schema.nodes.paragraph.create())
    dispatch(tr.setSelection(TextSelection.create(tr.doc, $from.before(-1) + 1)).scrollIntoView())
  }
  return true
}

/** At the very start (or end) of a text that nothing may join, the browser would glue the sections by itself: nothing is done. */
export const stopAtStart = state => state.selection.empty && state.selection.$from.parentOffset === 0
export const stopAtEnd = ({ selection: { empty, $from } }) => empty && $from.parentOffset === $from.parent.content.size

function leaveSignature(state, dispatch, dropLine = true) {
  if (!dispatch) return true
  const { $from } = state.selection
  const tr = dropLine ? state.tr.delete($from.before(), $from.after()) : state.tr
  const after = tr.mapping.map($from.after(-1))
  tr.insert(after, state.schema.nodes.paragraph.create())
  dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView())
  return true
}

/** A line of text after a table, a fact or a signature that ends its section, where there is nothing to type in. */
export function paragraphAfter(state, dispatch) {
  const { $from } = state.selection
  if ($from.depth < 1) return false
  const after = $from.depth > 1 ? $from.after(2) : state.selection.to
  if (dispatch) {
    const tr = state.tr.insert(after, state.schema.nodes.paragraph.create())
    dispatch(tr.setSelection(TextSelection.create(tr.doc, after + 1)).scrollIntoView())
  }
  return true
}

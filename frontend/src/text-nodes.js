import { lift, wrapIn } from '@tiptap/pm/commands'
import { TextSelection } from '@tiptap/pm/state'
import { blockIs, insertBlock, toParagraph } from './blocks.js'

/** What people type alone on a line to part two passages. */
const TYPED_SEPARATOR = /^(\*|\*{3}|\* \* \*|⁂|_{3,}|-{3,}|—{1,3})$/
const SEPARATOR = '*'
const DEEPEST = 4

export const newSeparator = schema => schema.nodes.separator.create(null, schema.text(SEPARATOR))

/** Puts a block that nothing is typed in after the current one; the cursor goes to the line that follows. */
export function insertAside(make) {
  return (state, dispatch) => insertBlock(make)(state, dispatch && (tr => dispatch(intoFollowingLine(tr).scrollIntoView())))
}

function intoFollowingLine(tr) {
  const { paragraph } = tr.doc.type.schema.nodes
  const { $from } = tr.selection
  const after = $from.depth > 1 ? $from.after(2) : tr.selection.to
  if (tr.doc.nodeAt(after)?.type !== paragraph) tr.insert(after, paragraph.create())
  return tr.setSelection(TextSelection.create(tr.doc, after + 1))
}

/** Enter after « * » or « * * * » alone on its line: a centred separator, and the line that follows. */
export function typedSeparator(state, dispatch) {
  const { $from, empty } = state.selection
  const { parent } = $from
  const { paragraph, separator } = state.schema.nodes
  const alone = empty && $from.depth === 2 && parent.type === paragraph && $from.parentOffset === parent.content.size
  if (!alone || !TYPED_SEPARATOR.test(parent.textContent) || parent.childCount !== 1) return false
  if (dispatch) {
    const before = $from.before()
    const tr = state.tr.replaceWith(before, $from.after(), separator.create(null, state.schema.text(parent.textContent)))
    dispatch(intoFollowingLine(tr.setSelection(TextSelection.create(tr.doc, before + 1))).scrollIntoView())
  }
  return true
}

/** Backspace at the start of the line below a separator removes it, rather than centring the line. */
export function dropSeparator(state, dispatch) {
  const { $from, empty } = state.selection
  if (!empty || $from.parentOffset || $from.depth !== 2) return false
  const before = state.doc.resolve($from.before()).nodeBefore
  if (before?.type.name !== 'separator') return false
  dispatch?.(state.tr.delete($from.before() - before.nodeSize, $from.before()).scrollIntoView())
  return true
}

export const inQuotation = ({ selection: { $from } }) => $from.depth > 2 && $from.node(2).type.name === 'quotation'

/** Makes a quotation of the chosen paragraphs, or takes them out of one. */
export function toggleQuotation(state, dispatch) {
  return inQuotation(state) ? lift(state, dispatch) : wrapIn(state.schema.nodes.quotation)(state, dispatch)
}

export const isRunIn = state => blockIs(state, 'heading', { form: 'run_in' })

/**
 * In a heading: on its own line, or on that of the paragraph below. In a paragraph: what stands before the cursor becomes
 * a heading on the line of what follows.
 */
export function toggleRunIn(state, dispatch) {
  const { $from, $to } = state.selection
  const { heading, paragraph } = state.schema.nodes
  if ($from.depth !== 2 || !$from.sameParent($to)) return false
  const { parent } = $from
  if (parent.type === heading) {
    dispatch?.(state.tr.setNodeAttribute($from.before(), 'form', parent.attrs.form === 'run_in' ? 'block' : 'run_in'))
    return true
  }
  if (parent.type !== paragraph || !parent.textBetween(0, $to.parentOffset).trim()) return false
  if (dispatch) {
    const start = $from.before()
    const tr = state.tr.split($to.pos, 1, [{ type: paragraph }])
    trimAround(tr, $to.pos)
    tr.setBlockType(start, start + 1, heading, { level: levelBelow(state.doc, start), form: 'run_in' })
    dispatch(tr.scrollIntoView())
  }
  return true
}

/** The space typed between the two is that of the line they share. */
function trimAround(tr, split) {
  const after = tr.doc.nodeAt(split + 1)
  const leading = /^ +/.exec(after.textContent)?.[0].length ?? 0
  if (leading && after.firstChild.isText) tr.delete(split + 2, split + 2 + leading)
  const { nodeBefore } = tr.doc.resolve(split)
  const trailing = / +$/.exec(nodeBefore?.text ?? '')?.[0].length ?? 0
  if (trailing) tr.delete(split - trailing, split)
}

/** One level below the heading above, whatever its section. */
function levelBelow(doc, pos) {
  let level = 0
  doc.nodesBetween(0, pos, node => {
    if (node.type.name === 'heading' && node.attrs.form !== 'run_in') level = node.attrs.level
    return !node.isTextblock
  })
  return Math.min(level + 1, DEEPEST)
}

/** Backspace in an empty decision or separator makes it a paragraph. */
export function dropEmptyBlock(state, dispatch) {
  const { parent } = state.selection.$from
  return ['decision', 'separator'].includes(parent.type.name) && parent.content.size === 0 && toParagraph(state, dispatch)
}

/** The widths of the columns of the table that holds the cursor: equal, or narrow ones for values after the first. */
export function toggleValues(state, dispatch) {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth)
    if (node.type.name === 'table') {
      dispatch?.(state.tr.setNodeAttribute($from.before(depth), 'columns', node.attrs.columns === 'values' ? 'equal' : 'values'))
      return true
    }
  }
  return false
}

export function hasValues({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type.name === 'table') return $from.node(depth).attrs.columns === 'values'
  return false
}


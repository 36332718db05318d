import { InputRule, inputRules } from '@tiptap/pm/inputrules'
import { Fragment, Slice } from '@tiptap/pm/model'
import { liftListItem, sinkListItem, splitListItem, wrapInList } from '@tiptap/pm/schema-list'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { kind, nestedMarker, nextMarker, otherKind } from './markers.js'
import { limits } from './schema.js'

const TYPED_MARKER = /^(-|–|->|➔|✓|\d{1,2}[.)]|\d{1,2}°\)|\d{1,2} [-–]|[a-z]\)|[IVX]{1,4}\/)\s$/
const TYPED_GLYPHS = { '-': '–', '->': '➔' }

/** The list item that holds a position: its node, its depth, its position. */
export function itemAt($pos) {
  for (let depth = $pos.depth; depth > 0; depth--) {
    if ($pos.node(depth).type.name === 'list_item') return { node: $pos.node(depth), depth, pos: $pos.before(depth) }
  }
  return null
}

export function listDepth($pos) {
  let count = 0
  for (let depth = $pos.depth; depth > 0; depth--) if ($pos.node(depth).type.name === 'list') count++
  return count
}

/** Enter in an item: a new item with the marker that follows; in an empty one, one level less. */
export function splitItem(state, dispatch) {
  if (!itemAt(state.selection.$from)) return false
  return splitListItem(state.schema.nodes.list_item)(state, dispatch && (tr => dispatch(proposeMarker(tr).scrollIntoView())))
}

export function sinkItem(state, dispatch) {
  const { $from, $to } = state.selection
  if (!itemAt($from) || deepest(state, $from, $to) >= limits.list_depth) return false
  return sinkListItem(state.schema.nodes.list_item)(state, dispatch && (tr => dispatch(proposeMarker(tr).scrollIntoView())))
}

export function liftItem(state, dispatch) {
  if (!itemAt(state.selection.$from)) return false
  return liftListItem(state.schema.nodes.list_item)(state, dispatch && (tr => dispatch(proposeMarker(tr).scrollIntoView())))
}

/** Backspace at the start of an item: one level less, rather than text glued to the item before. */
export function liftAtStart(state, dispatch) {
  const { $from, empty } = state.selection
  const item = itemAt($from)
  if (!empty || !item || $from.parentOffset > 0 || $from.index(item.depth) > 0) return false
  return liftItem(state, dispatch)
}

export function toggleList(state, dispatch) {
  if (itemAt(state.selection.$from)) return liftItem(state, dispatch)
  return wrapInList(state.schema.nodes.list)(state, dispatch)
}

/** Gives the chosen items the next kind of marker; a series counts on from the item before. */
export function cycleMarker(state, dispatch) {
  const items = chosenItems(state)
  if (!items.length) return false
  if (dispatch) {
    const tr = state.tr
    const start = otherKind(items[0].node.attrs.marker)
    const before = previousItem(tr.doc, items[0].pos)
    let marker = before && kind(before.attrs.marker) === kind(start) ? nextMarker(before.attrs.marker) : start
    for (const { pos } of items) {
      tr.setNodeAttribute(pos, 'marker', marker)
      marker = nextMarker(marker, start)
    }
    dispatch(tr)
  }
  return true
}

/** « - », « 1. », « a) », « I/ » typed at the start of a paragraph begin a list. */
export const typedMarkers = schema =>
  inputRules({
    rules: [
      new InputRule(TYPED_MARKER, (state, match, start, end) => {
        if (state.selection.$from.parent.type !== schema.nodes.paragraph || itemAt(state.selection.$from)) return null
        const marker = TYPED_GLYPHS[match[1]] ?? match[1].replace(/ -$/, ' –')
        const tr = state.tr.delete(start, end)
        let wrapped = null
        wrapInList(schema.nodes.list)(state.apply(tr), step => (wrapped = step))
        if (!wrapped) return null
        wrapped.steps.forEach(step => tr.step(step))
        const item = itemAt(tr.selection.$from)
        return item && tr.setNodeAttribute(item.pos, 'marker', marker)
      }),
    ],
  })

/** Lists pasted or dropped deeper than the limit are flattened at that level. */
export const listDepthLimit = () =>
  new Plugin({
    key: new PluginKey('list_depth'),
    appendTransaction(transactions, _, state) {
      if (!transactions.some(transaction => transaction.docChanged)) return null
      const tr = state.tr
      state.doc.descendants((block, place) => {
        if (block.type.name !== 'list') return !block.isTextblock
        if (depthOf(block) > limits.list_depth) {
          const pos = tr.mapping.map(place)
          tr.replace(pos, pos + block.nodeSize, new Slice(Fragment.from(flattened(block, 1)), 0, 0))
        }
        return false
      })
      return tr.docChanged ? tr : null
    },
  })

function depthOf(list) {
  let inner = 0
  list.forEach(item => item.forEach(child => (inner = Math.max(inner, child.type === list.type ? depthOf(child) : 0))))
  return inner + 1
}

function flattened(list, level) {
  const items = []
  list.forEach(item => {
    const children = []
    const raised = []
    item.forEach(child => {
      if (child.type !== list.type) children.push(child)
      else if (level < limits.list_depth) children.push(flattened(child, level + 1))
      else flattened(child, level).forEach(inner => raised.push(inner))
    })
    items.push(item.copy(Fragment.from(children)), ...raised)
  })
  return list.copy(Fragment.from(items))
}

/** The marker of the item that holds the cursor, from the item before it or, for the first of an inner list, the one around it. */
function proposeMarker(tr) {
  const item = itemAt(tr.selection.$from)
  if (!item) return tr
  const before = previousItem(tr.doc, item.pos)
  const around = itemAt(tr.doc.resolve(item.pos))
  if (before) tr.setNodeAttribute(item.pos, 'marker', nextMarker(before.attrs.marker, firstMarker(tr.doc, item.pos)))
  else if (around) tr.setNodeAttribute(item.pos, 'marker', nestedMarker(around.node.attrs.marker))
  return tr
}

function previousItem(doc, pos) {
  return doc.resolve(pos).nodeBefore
}

function firstMarker(doc, pos) {
  return doc.resolve(pos).parent.firstChild.attrs.marker
}

function chosenItems(state) {
  const { from, to, $from } = state.selection
  const level = listDepth($from)
  const items = []
  state.doc.nodesBetween(from, to, (node, pos) => {
    if (node.type.name === 'list_item' && listDepth(state.doc.resolve(pos)) === level) items.push({ node, pos })
  })
  return items
}

function deepest(state, $from, $to) {
  let depth = listDepth($from)
  state.doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
    if (node.type.name === 'list_item') depth = Math.max(depth, listDepth(state.doc.resolve(pos)))
  })
  const item = itemAt($from)
  item.node.forEach(child => {
    if (child.type.name === 'list') depth = Math.max(depth, listDepth($from) + depthOf(child))
  })
  return depth
}

import { NodeSelection, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import { answered, remarksOf, showsMentions } from './answered.js'
import { el, uuid } from './dom.js'
import { nextMarker } from './markers.js'



export function newExchange({ nodes: { exchange, remark, paragraph } }) {
  return exchange.create(null, remark.create({ id: uuid() }, paragraph.create()))
}

/** The exchange that holds the cursor, and its turn: {exchange, pos, turn, turnPos, index}, or null. */
export function turnAt({ selection: { $from } }) {
  if ($from.depth < 3 || $from.node(2).type.name !== 'exchange') return null
  return { exchange: $from.node(2), pos: $from.before(2), turn: $from.node(3), turnPos: $from.before(3), index: $from.index(2) }
}

const isEmpty = turn => turn.childCount === 1 && turn.firstChild.content.size === 0

/** What follows a turn: the same kind, the next marker, nobody named yet. */
function nextAttributes({ type, attrs }, first) {
  const marker = nextMarker(attrs.marker, first)
  return type.name === 'remark' ? { id: null, marker, speaker: '', kind: attrs.kind } : { marker, speaker: '', answers: [] }
}

/** Enter: another turn; in an empty one, on to the answers, then out of the exchange. */
export function splitTurn(state, dispatch) {
  const found = turnAt(state)
  const { $from, $to } = state.selection
  if (!found || $from.depth !== 4 || !$from.sameParent($to)) return false
  if (isEmpty(found.turn)) return leaveTurn(state, dispatch, found)
  if (!dispatch) return true
  const { turn, exchange } = found
  const tr = state.tr.deleteSelection()
  const first = exchange.content.content.find(({ type }) => type === turn.type).attrs.marker
  tr.split(tr.selection.from, 2, [{ type: turn.type, attrs: nextAttributes(turn, first) }])
  dispatch(tr.scrollIntoView())
  return true
}

function leaveTurn(state, dispatch, { exchange, pos, turn, turnPos, index }) {
  const { answer, paragraph } = state.schema.nodes
  const alone = isOnlyRemark({ exchange, turn })
  const next = exchange.maybeChild(index + 1)
  if (next && (next.type === turn.type || alone)) return true
  if (!dispatch) return true
  const tr = alone ? state.tr : state.tr.delete(turnPos, turnPos + turn.nodeSize)
  if (turn.type === answer || alone) {
    const after = tr.mapping.map(pos + exchange.nodeSize)
    tr.insert(after, paragraph.create()).setSelection(TextSelection.create(tr.doc, after + 1))
  } else {
    if (!next) tr.insert(turnPos, answer.create(null, paragraph.create()))
    tr.setSelection(TextSelection.near(tr.doc.resolve(turnPos + 1)))
  }
  dispatch(tr.scrollIntoView())
  return true
}

/** Whether a turn is the one remark that its exchange cannot do without. */
function isOnlyRemark({ exchange, turn }) {
  return turn.type.name === 'remark' && remarksOf(exchange).length === 1
}

/** Backspace in an empty turn removes it; in an exchange where nothing is typed, the exchange. */
export function dropTurn(state, dispatch) {
  const found = turnAt(state)
  if (!found || !state.selection.empty || !isEmpty(found.turn)) return false
  const { exchange, pos, turn, turnPos, index } = found
  const alone = isOnlyRemark(found)
  if (alone && (exchange.childCount > 1 || exchange.attrs.opening)) return true
  if (!dispatch) return true
  const { tr } = state
  if (alone) {
    tr.replaceWith(pos, pos + exchange.nodeSize, state.schema.nodes.paragraph.create())
    tr.setSelection(TextSelection.create(tr.doc, pos + 1))
  } else {
    tr.delete(turnPos, turnPos + turn.nodeSize)
    tr.setSelection(TextSelection.near(tr.doc.resolve(turnPos), index ? -1 : 1))
  }
  dispatch(tr.scrollIntoView())
  return true
}

/** Adds a remark after the last one, or an answer after the last turn; after the current one when it is of that kind. */
export function addTurn(name) {
  return (state, dispatch) => {
    const found = turnAt(state)
    if (!found) return false
    if (!dispatch) return true
    const { exchange, pos, turn, index } = found
    const last = name === 'remark' ? remarksOf(exchange).length : exchange.childCount
    const at = turn.type.name === name ? index + 1 : last
    const before = at > 0 && exchange.child(at - 1).type.name === name ? exchange.child(at - 1) : null
    const { [name]: type, paragraph } = state.schema.nodes
    const start = pos + 1 + exchange.content.content.slice(0, at).reduce((size, child) => size + child.nodeSize, 0)
    const attrs = before ? nextAttributes(before, before.attrs.marker) : null
    const tr = state.tr.insert(start, type.create(attrs, paragraph.create()))
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(start + 1))).scrollIntoView())
    return true
  }
}

/** Removes the turn that holds the cursor, unless it is the only remark. */
export function deleteTurn(state, dispatch) {
  const found = turnAt(state)
  if (!found) return false
  const { turn, turnPos, index } = found
  if (isOnlyRemark(found)) return false
  if (dispatch) {
    const tr = state.tr.delete(turnPos, turnPos + turn.nodeSize)
    dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(turnPos), index ? -1 : 1)).scrollIntoView())
  }
  return true
}

export function deleteExchange(state, dispatch) {
  const { selection } = state
  const found = turnAt(state)
  const whole = selection instanceof NodeSelection && selection.node.type.name === 'exchange'
  if (!found && !whole) return false
  if (dispatch) {
    const [from, to] = found ? [found.pos, found.pos + found.exchange.nodeSize] : [selection.from, selection.to]
    const tr = state.tr.replaceWith(from, to, state.schema.nodes.paragraph.create())
    dispatch(tr.setSelection(TextSelection.create(tr.doc, from + 1)).scrollIntoView())
  }
  return true
}

/** Prints what each answer is about, or no longer. */
export function toggleMentions(state, dispatch) {
  const found = turnAt(state)
  if (!found) return false
  dispatch?.(state.tr.setNodeAttribute(found.pos, 'mentions', showsMentions(found.exchange) ? 'hidden' : 'shown'))
  return true
}

export function hasMentions(state) {
  const found = turnAt(state)
  return Boolean(found && showsMentions(found.exchange))
}

/** Each remark keeps an id of its own, and an answer points only to remarks of its exchange: a copy gets new ids. */
export const exchangeIds = () =>
  new Plugin({
    key: new PluginKey('exchange_ids'),
    appendTransaction(transactions, _, state) {
      if (!transactions.some(transaction => transaction.docChanged)) return null
      const { tr } = state
      const seen = new Set()
      eachExchange(state.doc, (exchange, pos) => renew(tr, exchange, pos, seen))
      return tr.docChanged ? tr : null
    },
  })

function renew(tr, exchange, pos, seen) {
  const names = new Map()
  exchange.forEach(({ type, attrs: { id } }, offset) => {
    if (type.name !== 'remark') return
    const fresh = !id || seen.has(id) ? uuid() : id
    seen.add(fresh)
    if (!names.has(id)) names.set(id, fresh)
    if (fresh !== id) tr.setNodeAttribute(pos + 1 + offset, 'id', fresh)
  })
  exchange.forEach(({ type, attrs: { answers } }, offset) => {
    if (type.name !== 'answer') return
    const kept = answers.filter(id => names.has(id)).map(id => names.get(id))
    if (kept.join() !== answers.join()) tr.setNodeAttribute(pos + 1 + offset, 'answers', kept)
  })
}

function eachExchange(doc, visit) {
  doc.forEach((section, sectionPos) =>
    section.forEach((block, offset) => block.type.name === 'exchange' && visit(block, sectionPos + 1 + offset)),
  )
}

/** Writes, at the head of each answer, what it answers. */
export const answeredMarks = () =>
  new Plugin({
    key: new PluginKey('answered_marks'),
    state: {
      init: (_, { doc }) => answeredIn(doc),
      apply: (tr, marks) => (tr.docChanged ? answeredIn(tr.doc) : marks),
    },
    props: { decorations(state) { return this.getState(state) } },
  })

function answeredIn(doc) {
  const marks = []
  eachExchange(doc, (exchange, pos) =>
    exchange.forEach((turn, offset) => {
      if (turn.type.name !== 'answer') return
      const said = answered(exchange, turn).replace(/^sur (les )?/, (_, several) => (several ? 'Répond aux ' : 'Répond à '))
      const text = showsMentions(exchange) ? said : `${said} (non imprimé)`
      marks.push(Decoration.widget(pos + 2 + offset, () => el('p', { class: 'mm-turn__answered', contenteditable: 'false' }, text), { key: text, side: -1, ignoreSelection: true }))
    }),
  )
  return DecorationSet.create(doc, marks)
}

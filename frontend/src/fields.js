import { redo, undo } from '@tiptap/pm/history'
import { NodeSelection, Selection, TextSelection } from '@tiptap/pm/state'
import { el } from './dom.js'
import { limits } from './schema.js'

const FIELDS = ':scope > .mm-field, :scope > .mm-fields > .mm-field'

/** A node with one of its attributes typed in place, beside its text. */
export function withField(props, { tag, name, attribute, label, hint, inner, contentDOM }) {
  const field = drawField(props, { attribute, label, hint })
  return { dom: el(tag, { class: name }, field.dom, inner), ...holding(props, [field], contentDOM) }
}

/** A node with several attributes typed or chosen above its text. `attributes` are those of its element. */
export function withFields(props, { tag, name, attributes, fields, inner, contentDOM }) {
  const drawn = fields.map(field => drawField(props, field))
  const head = el('div', { class: 'mm-fields', contenteditable: 'false' }, drawn.map(({ dom }) => dom))
  return { dom: el(tag, { class: name, ...attributes }, head, inner), ...holding(props, drawn, contentDOM) }
}

/** Left and right arrows go between the fields and the text; Tab never stops there. */
function holding({ node }, fields, contentDOM) {
  return {
    contentDOM,
    update(next) {
      if (next.type !== node.type) return false
      for (const { show } of fields) show(next)
      return true
    },
    stopEvent: event => fields.some(({ dom }) => dom === event.target),
    ignoreMutation: outside(contentDOM),
  }
}

export function outside(contentDOM) {
  return mutation => (mutation.type === 'selection' ? false : !contentDOM.contains(mutation.target))
}

/** `choices` ([value, label]) makes it a list to choose from, whose value `read` gives. `hint` may depend on the node. */
export function drawField({ node, view, getPos }, { attribute, label, hint, choices, read = String }) {
  const shared = {
    class: 'mm-field', tabindex: '-1', contenteditable: 'false', autocomplete: 'off', 'aria-label': label, 'data-attribute': attribute,
    onkeydown: event => fieldKeys(event, dom, view, getPos),
    onfocus: () => cursorInto(view, getPos()),
  }
  // A section that somebody else has in hand refuses the change: the field goes back to what the text holds.
  const write = () => {
    view.dispatch(view.state.tr.setNodeAttribute(getPos(), attribute, read(dom.value)))
    show(view.state.doc.nodeAt(getPos()))
  }
  const dom = choices
    ? el('select', { ...shared, disabled: !view.editable, onchange: write }, choices.map(([value, text]) => el('option', { value }, text)))
    : el('input', { ...shared, type: 'text', spellcheck: 'false', maxlength: limits.text_attribute_length, readonly: !view.editable, oninput: write })
  const show = next => {
    const value = String(next.attrs[attribute])
    const shown = typeof hint === 'function' ? hint(next) : hint
    if (dom.value !== value) dom.value = value
    if (choices) return
    if (shown) dom.placeholder = shown
    dom.size = Math.min(value.length || (shown ?? '').length || 1, 40)
  }
  show(node)
  return { dom, show }
}

function cursorInto(view, pos) {
  const { $from } = view.state.selection
  const node = view.state.doc.nodeAt(pos)
  if (node.isAtom) return choose(view, pos)
  if ($from.pos > pos && $from.pos < pos + node.nodeSize) return
  view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(pos + 1))))
}

function choose(view, pos) {
  const { selection, doc, tr } = view.state
  if (!(selection instanceof NodeSelection && selection.from === pos)) view.dispatch(tr.setSelection(NodeSelection.create(doc, pos)))
}

function fieldKeys(event, field, view, getPos) {
  const isList = field.tagName === 'SELECT'
  const atEnd = isList || (field.selectionStart === field.value.length && field.selectionEnd === field.value.length)
  const atStart = isList || (field.selectionStart === 0 && field.selectionEnd === 0)
  const control = event.ctrlKey || event.metaKey
  const { key } = event
  if (event.isComposing) return
  if (control && key.toLowerCase() === 'z') (event.shiftKey ? redo : undo)(view.state, view.dispatch)
  else if (control && key.toLowerCase() === 'y') redo(view.state, view.dispatch)
  else if (key === 'F2') enterAround(view, getPos())
  else if (key === 'ArrowRight' && atEnd && beside(field, 1)) focusField(beside(field, 1), 0)
  else if (key === 'ArrowLeft' && atStart && beside(field, -1)) focusField(beside(field, -1))
  else if (['Enter', 'Escape'].includes(key) && view.state.doc.nodeAt(getPos()).isAtom) view.focus()
  else if (['Enter', 'Escape'].includes(key) || (key === 'ArrowDown' && !isList) || (key === 'ArrowRight' && atEnd)) moveOut(view, getPos() + 1, 1)
  else if ((key === 'ArrowUp' && !isList) || (key === 'ArrowLeft' && atStart)) moveOut(view, getPos(), -1)
  else return
  event.preventDefault()
}

/** The field before or after this one in the same node. */
function beside(field, step) {
  if (!field.parentElement.classList.contains('mm-fields')) return null
  const fields = Array.from(field.parentElement.children).filter(child => child.matches('.mm-field') && child.offsetParent)
  return fields[fields.indexOf(field) + step] ?? null
}

/** From a field to the first one of the node around. */
function enterAround(view, pos) {
  const $pos = view.state.doc.resolve(pos)
  for (let depth = $pos.depth; depth > 1; depth--) {
    const field = view.nodeDOM($pos.before(depth))?.querySelector?.(FIELDS)
    if (field) return focusField(field)
  }
  return false
}

function moveOut(view, pos, direction) {
  const found = Selection.findFrom(view.state.doc.resolve(pos), direction) ?? Selection.near(view.state.doc.resolve(pos))
  view.dispatch(view.state.tr.setSelection(found).scrollIntoView())
  view.focus()
}

/** Goes into a field of the block that holds the cursor. `onlyAtStart`: from the start of its text, into the last one. */
export function enterField(onlyAtStart) {
  return (state, _, view) => {
    const { $from, empty } = state.selection
    if (!view || (onlyAtStart && (!empty || $from.parentOffset > 0))) return false
    for (let depth = $from.depth; depth > 1; depth--) {
      const fields = view.nodeDOM($from.before(depth))?.querySelectorAll?.(FIELDS) ?? []
      if (fields.length) return focusField(onlyAtStart ? fields[fields.length - 1] : fields[0])
      if (onlyAtStart && ($from.index(depth - 1) > 0 || $from.node(depth - 1).type.name === 'table_row')) return false
    }
    const first = !onlyAtStart && $from.depth > 0 && view.nodeDOM($from.before(1))?.querySelector('.mm-heading > .mm-field')
    return first ? focusField(first) : false
  }
}

function focusField(field, at = field.value.length) {
  field.focus()
  field.setSelectionRange?.(at, at)
  return true
}

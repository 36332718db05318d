import { Selection, TextSelection } from '@tiptap/pm/state'
import { undo, redo } from '@tiptap/pm/history'
import { el } from './dom.js'
import { limits } from './schema.js'

/** The views of the nodes that show more than their text: label, marker and caption typed in place, facts drawn from `facts`. */
export function nodeViews(facts) {
  return {
    section: ({ node }) => {
      const dom = el('section', { class: 'mm-section', 'data-section': node.attrs.id })
      return { dom, contentDOM: dom, update: next => next.type === node.type && renamed(dom, next) }
    },
    heading: props => headingView(props),
    list: () => {
      const dom = el('ul', { class: 'mm-list', role: 'list' })
      return { dom, contentDOM: dom }
    },
    list_item: props => {
      const text = el('div', { class: 'mm-item__text' })
      return withField(props, { tag: 'li', name: 'mm-item', attribute: 'marker', label: 'Puce', inner: text, contentDOM: text })
    },
    table: props => tableView(props),
    agenda: () => factView('agenda', 'Ordre du jour (rempli par la réunion)', () => agendaLines(facts.agenda)),
    attendance: () => factView('attendance', 'Présences (remplies par la réunion)', () => attendanceLines(facts.attendance)),
    signature_block: () => {
      const contentDOM = el('div', { class: 'mm-signature__lines' })
      const dom = el('div', { class: 'mm-signature' }, el('p', { class: 'mm-fact__name', contenteditable: 'false' }, 'Signature'), contentDOM)
      return { dom, contentDOM, ignoreMutation: outside(contentDOM) }
    },
  }
}

function renamed(dom, node) {
  dom.dataset.section = node.attrs.id
  return true
}

function headingView(props) {
  const { level } = props.node.attrs
  const text = el(`h${level + 1}`, { class: 'mm-heading__text' })
  const view = withField(props, {
    tag: 'div', name: `mm-heading mm-heading--${level}`, attribute: 'label', label: 'Libellé, imprimé tel quel', hint: 'Libellé', inner: text, contentDOM: text,
  })
  const refresh = node => text.classList.toggle('mm-empty', node.content.size === 0)
  refresh(props.node)
  const update = node => node.attrs.level === level && view.update(node) && (refresh(node), true)
  return { ...view, update }
}

function tableView(props) {
  const contentDOM = el('tbody')
  const inner = el('div', { class: 'mm-table__frame' }, el('table', {}, contentDOM))
  return withField(props, {
    tag: 'div', name: 'mm-table', attribute: 'caption', label: 'Titre du tableau', hint: 'Titre du tableau', inner, contentDOM,
  })
}

/** A node with one of its attributes typed in place. Left and right arrows go between the field and the text; Tab never stops there. */
function withField({ node, view, getPos }, { tag, name, attribute, label, hint, inner, contentDOM }) {
  const field = el('input', {
    class: 'mm-field', type: 'text', tabindex: '-1', contenteditable: 'false', autocomplete: 'off', spellcheck: 'false',
    'aria-label': label, placeholder: hint, maxlength: limits.text_attribute_length, 'data-attribute': attribute,
    oninput: () => view.dispatch(view.state.tr.setNodeAttribute(getPos(), attribute, field.value)),
    onkeydown: event => fieldKeys(event, field, view, getPos),
    onfocus: () => cursorInto(view, getPos()),
  })
  field.readOnly = !view.editable
  const show = value => {
    if (field.value !== value) field.value = value
    field.size = Math.min(value.length || (hint ?? '').length || 1, 40)
  }
  show(node.attrs[attribute])
  return {
    dom: el(tag, { class: name }, field, inner),
    contentDOM,
    update(next) {
      if (next.type !== node.type) return false
      show(next.attrs[attribute])
      return true
    },
    stopEvent: event => event.target === field,
    ignoreMutation: outside(contentDOM),
  }
}

function outside(contentDOM) {
  return mutation => (mutation.type === 'selection' ? false : !contentDOM.contains(mutation.target))
}

function cursorInto(view, pos) {
  const { $from } = view.state.selection
  const node = view.state.doc.nodeAt(pos)
  if ($from.pos > pos && $from.pos < pos + node.nodeSize) return
  view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(pos + 1))))
}

function fieldKeys(event, field, view, getPos) {
  const atEnd = field.selectionStart === field.value.length && field.selectionEnd === field.value.length
  const atStart = field.selectionStart === 0 && field.selectionEnd === 0
  const control = event.ctrlKey || event.metaKey
  if (event.isComposing) return
  if (control && event.key.toLowerCase() === 'z') (event.shiftKey ? redo : undo)(view.state, view.dispatch)
  else if (control && event.key.toLowerCase() === 'y') redo(view.state, view.dispatch)
  else if (['Enter', 'Escape', 'ArrowDown'].includes(event.key) || (event.key === 'ArrowRight' && atEnd)) moveOut(view, getPos() + 1, 1)
  else if (event.key === 'ArrowUp' || (event.key === 'ArrowLeft' && atStart)) moveOut(view, getPos(), -1)
  else return
  event.preventDefault()
}

function moveOut(view, pos, direction) {
  const found = Selection.findFrom(view.state.doc.resolve(pos), direction) ?? Selection.near(view.state.doc.resolve(pos))
  view.dispatch(view.state.tr.setSelection(found).scrollIntoView())
  view.focus()
}

/** Goes into the label, marker or caption of the block that holds the cursor. `only` restricts to the start of the text. */
export function enterField(onlyAtStart) {
  return (state, _, view) => {
    const { $from, empty } = state.selection
    if (!view || (onlyAtStart && (!empty || $from.parentOffset > 0))) return false
    for (let depth = $from.depth; depth > 1; depth--) {
      const field = view.nodeDOM($from.before(depth))?.querySelector?.(':scope > .mm-field')
      if (field) return focusField(field)
      if (onlyAtStart && ($from.index(depth - 1) > 0 || $from.node(depth - 1).type.name === 'table_row')) return false
    }
    const first = !onlyAtStart && $from.depth > 0 && view.nodeDOM($from.before(1))?.querySelector('.mm-heading > .mm-field')
    return first ? focusField(first) : false
  }
}

function focusField(field) {
  field.focus()
  field.setSelectionRange(field.value.length, field.value.length)
  return true
}

function factView(name, title, lines) {
  const body = el('div', { class: 'mm-fact__body' }, lines())
  const dom = el('div', { class: 'mm-fact', 'data-fact': name, contenteditable: 'false' }, el('p', { class: 'mm-fact__name' }, title), body)
  const refresh = () => body.replaceChildren(...lines())
  document.addEventListener('minutes:facts', refresh)
  return { dom, ignoreMutation: () => true, destroy: () => document.removeEventListener('minutes:facts', refresh) }
}

function agendaLines(items = []) {
  if (!items.length) return [el('p', { class: 'mm-fact__empty' }, 'La réunion n’a pas encore d’ordre du jour.')]
  return items.map(({ label, title }) => el('p', {}, label ? `${label} ${title}` : title))
}

function attendanceLines(groups = []) {
  if (!groups.length) return [el('p', { class: 'mm-fact__empty' }, 'La réunion n’a pas encore de liste de présence.')]
  return groups.flatMap(({ heading, lines }) => [
    ...(heading ? [el('p', { class: 'mm-fact__heading' }, heading)] : []),
    el('ul', { role: 'list' }, (lines ?? []).map(line => el('li', {}, line))),
  ])
}

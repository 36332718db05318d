import { redo, undo } from '@tiptap/pm/history'
import { NodeSelection, TextSelection } from '@tiptap/pm/state'
import definition from '../../committees/minutes/tree/nodes.json'
import { el } from './dom.js'

const { length } = definition.nodes.footnote.attrs.text

/** Puts a note after the cursor, whose text is then typed in place. */
export function insertNote(state, dispatch, view) {
  const { $to } = state.selection
  const { footnote } = state.schema.nodes
  if (!$to.parent.inlineContent || !$to.parent.canReplaceWith($to.index(), $to.index(), footnote)) return false
  if (dispatch) {
    const tr = state.tr.setSelection(TextSelection.create(state.doc, $to.pos)).insert($to.pos, footnote.create())
    dispatch(tr.setSelection(NodeSelection.create(tr.doc, $to.pos)).scrollIntoView())
    view?.nodeDOM($to.pos)?.querySelector('textarea')?.focus()
  }
  return true
}

const chosenNote = ({ selection }) => (selection instanceof NodeSelection && selection.node.type.name === 'footnote' ? selection : null)

/** Backspace after a note (`side` -1) or Delete before one chooses it first: the next press removes it. */
export function chooseNote(side) {
  return (state, dispatch) => {
    const { empty, $from } = state.selection
    const note = side < 0 ? $from.nodeBefore : $from.nodeAfter
    if (!empty || note?.type.name !== 'footnote') return false
    dispatch?.(state.tr.setSelection(NodeSelection.create(state.doc, side < 0 ? $from.pos - 1 : $from.pos)).scrollIntoView())
    return true
  }
}

/** A note where it is called: its number by style, its text in a field. */
export function footnoteView({ node, view, getPos }) {
  const field = el('textarea', {
    class: 'mm-field mm-note__text', rows: '1', tabindex: '-1', maxlength: length, 'aria-label': 'Texte de la note de bas de page',
    placeholder: 'Texte de la note', readonly: !view.editable, spellcheck: 'true',
    oninput: () => {
      view.dispatch(view.state.tr.setNodeAttribute(getPos(), 'text', oneLine(field)))
      show(view.state.doc.nodeAt(getPos())) // refused where somebody else writes: the note goes back to what it was
    },
    onkeydown: event => noteKeys(event, field, view, getPos),
    onfocus: () => chosenNote(view.state)?.from === getPos() || view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, getPos()))),
  })
  const dom = el('span', { class: 'mm-note', contenteditable: 'false' }, field)
  const show = ({ attrs: { text } }) => {
    if (field.value !== text) field.value = text
    dom.classList.toggle('mm-note--empty', !text.trim())
  }
  show(node)
  return {
    dom,
    update: next => next.type === node.type && (show(next), true),
    stopEvent: event => event.target === field,
    ignoreMutation: () => true,
  }
}

/** A note is one paragraph: the line ends of what is pasted become spaces. */
function oneLine(field) {
  if (/[\r\n\t]/.test(field.value)) {
    const at = field.selectionEnd
    field.value = field.value.replace(/[\r\n\t]/g, ' ')
    field.setSelectionRange(at, at)
  }
  return field.value
}

function noteKeys(event, field, view, getPos) {
  if (event.isComposing) return
  const { key } = event
  const control = event.ctrlKey || event.metaKey
  const atStart = field.selectionEnd === 0
  const atEnd = field.selectionStart === field.value.length
  if (control && key.toLowerCase() === 'z') (event.shiftKey ? redo : undo)(view.state, view.dispatch)
  else if (control && key.toLowerCase() === 'y') redo(view.state, view.dispatch)
  else if (key === 'Backspace' && !field.value) removeNote(view, getPos())
  else if (['Enter', 'Escape', 'F2'].includes(key) || (key === 'ArrowRight' && atEnd)) leaveNote(view, getPos() + 1)
  else if (key === 'ArrowLeft' && atStart) leaveNote(view, getPos())
  else return
  event.preventDefault()
}

function leaveNote(view, pos) {
  view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos)).scrollIntoView())
  view.focus()
}

function removeNote(view, pos) {
  const tr = view.state.tr.delete(pos, pos + 1)
  view.dispatch(tr.setSelection(TextSelection.create(tr.doc, pos)))
  view.focus()
}

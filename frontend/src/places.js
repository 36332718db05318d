import { NodeSelection, TextSelection } from '@tiptap/pm/state'

/** Puts the cursor at a place of the document: on the block that stands there when it is chosen whole, else in its text. */
export function showPlace(view, pos) {
  const { doc, tr } = view.state
  const node = doc.nodeAt(pos)
  const whole = node?.isAtom && !node.isInline
  const near = () => TextSelection.near(doc.resolve(Math.min(pos + 1, doc.content.size)))
  view.dispatch(tr.setSelection(whole ? NodeSelection.create(doc, pos) : near()))
  intoSight(view)
}

/**
 * A busy page hands over a key, or what others saved, before it has told of the caret that a key or a click has just
 * moved: Enter would then split where the caret was, and a redrawn text would put it back there.
 */
export function readCaret(view) {
  if (!view.composing) document.dispatchEvent(new Event('selectionchange'))
  return false
}

/** In the middle of the window: the tools, which stay at the top, hide nothing of it. */
export function intoSight(view) {
  const { from } = view.state.selection
  const { node } = view.domAtPos(from)
  const element = view.nodeDOM(from) ?? node
  ;(element.nodeType === Node.ELEMENT_NODE ? element : element.parentElement).scrollIntoView({ block: 'center' })
}

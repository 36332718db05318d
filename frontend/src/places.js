import { NodeSelection, TextSelection } from '@tiptap/pm/state'
import { styleRule } from './rules.js'

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

/** In the middle of what the tools leave of the window. */
export function intoSight(view) {
  const { from } = view.state.selection
  const { node } = view.domAtPos(from)
  const element = view.nodeDOM(from) ?? node
  ;(element.nodeType === Node.ELEMENT_NODE ? element : element.parentElement).scrollIntoView({ block: 'center' })
}

const MARGIN = 5

/** What of the window the text is read in: below the tools while they stay at the top, whoever moves the caret. */
export class Sight {
  constructor() {
    Object.assign(this, { top: MARGIN, right: MARGIN, bottom: MARGIN, left: MARGIN })
  }

  under(head) {
    const rule = styleRule(':root')
    const measure = () => {
      const hidden = getComputedStyle(head).position === 'sticky' ? head.offsetHeight : 0
      this.top = hidden + MARGIN
      rule(`scroll-padding-top: ${hidden}px`)
    }
    new ResizeObserver(measure).observe(head)
    window.addEventListener('resize', measure)
  }
}

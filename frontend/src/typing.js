import { closeHistory, undo } from '@tiptap/pm/history'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { correction } from './typography.js'

const key = new PluginKey('typography')
const CONTEXT = 500

/**
 * French typography while typing. What is typed is written first, as typed, then corrected as a step of its own: one
 * Ctrl+Z, or Backspace at once, takes back the correction alone. `isOn` says whether this person wants it.
 */
export const frenchTyping = isOn =>
  new Plugin({
    key,
    state: {
      init: () => false,
      apply: (tr, corrected) => tr.getMeta(key) ?? (corrected && !tr.docChanged && !tr.selectionSet),
    },
    props: {
      handleTextInput(view, from, to, text) {
        if (!isOn() || view.composing) return false
        const $from = view.state.doc.resolve(from)
        if (!$from.parent.isTextblock) return false
        const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - CONTEXT), $from.parentOffset, null, '\ufffc')
        const found = correction(before, text)
        if (!found || !allowed(view.state, from, found)) return false
        view.dispatch(view.state.tr.insertText(text, from, to))
        view.dispatch(closeHistory(corrected(view.state.tr, from, text, found)).setMeta(key, true))
        view.dispatch(closeHistory(view.state.tr))
        return true
      },
    },
  })

/** What stands raised already is not raised again, nor what may not be. */
function allowed({ doc, schema }, at, { raise }) {
  const { superscript } = schema.marks
  return !raise || (doc.resolve(at).parent.type.allowsMarkType(superscript) && !doc.rangeHasMark(at - raise, at, superscript))
}

function corrected(tr, at, text, { back, cut, put, typed, raise }) {
  if (typed !== text) tr.insertText(typed, at, at + text.length)
  if (raise) tr.addMark(at - raise, at, tr.doc.type.schema.marks.superscript.create())
  if (cut || put) tr.insertText(put, at - back - cut, at - back)
  return tr.scrollIntoView()
}

/** Backspace just after a correction: as typed again. */
export function undoCorrection(state, dispatch) {
  return key.getState(state) ? undo(state, dispatch) : false
}

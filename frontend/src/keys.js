import { chainCommands, createParagraphNear, deleteSelection, exitCode, joinBackward, joinForward, liftEmptyBlock } from '@tiptap/pm/commands'
import { selectAll, selectNodeBackward, selectNodeForward, splitBlock, toggleMark } from '@tiptap/pm/commands'
import { redo, undo } from '@tiptap/pm/history'
import { undoInputRule } from '@tiptap/pm/inputrules'
import { keymap } from '@tiptap/pm/keymap'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { actionChosen } from './actions.js'
import { dropSignature, hardBreak, splitLabelled, splitSignature, stopAtEnd, stopAtStart, toHeading, toParagraph } from './blocks.js'
import { dropTurn, splitTurn } from './exchanges.js'
import { enterChosenField } from './fact-views.js'
import { enterField } from './fields.js'
import { chooseNote, insertNote } from './footnotes.js'
import { cycleMarker, liftAtStart, liftItem, sinkItem, splitItem, toggleList } from './lists.js'
import { limits } from './schema.js'
import { readCaret } from './places.js'
import { addSection, moveSection } from './sections.js'
import { deleteWholeTable, nextCell, previousCell } from './tables.js'
import { dropEmptyBlock, dropSeparator, toggleQuotation, toggleRunIn, typedSeparator } from './text-nodes.js'
import { undoCorrection } from './typing.js'

/** Ctrl+Alt is AltGr on French keyboards (@, #, {…): no shortcut uses it. */
export function keys(schema, { link, toolbar, outline, editAction }) {
  const onAction = state => Boolean(actionChosen(state)) && act(editAction)
  const backspace = chainCommands(
    undoCorrection, undoInputRule, deleteWholeTable, deleteSelection, chooseNote(-1), dropSignature, dropEmptyBlock, dropTurn, liftAtStart,
    dropSeparator, joinBackward,
    selectNodeBackward, stopAtStart,
  )
  const forward = chainCommands(deleteWholeTable, deleteSelection, chooseNote(1), joinForward, selectNodeForward, stopAtEnd)
  return keymap({
    Enter: chainCommands(
      onAction, enterChosenField, typedSeparator, splitLabelled, splitSignature(limits.signature_lines), splitItem, splitTurn,
      createParagraphNear, liftEmptyBlock,
      splitBlock,
    ),
    'Shift-Enter': chainCommands(exitCode, hardBreak),
    Backspace: backspace,
    'Mod-Backspace': backspace,
    'Shift-Backspace': backspace,
    Delete: forward,
    'Mod-Delete': forward,
    'Mod-a': selectAll,
    'Mod-z': undo,
    'Mod-y': redo,
    'Shift-Mod-z': redo,
    'Mod-b': toggleMark(schema.marks.bold),
    'Mod-i': toggleMark(schema.marks.italic),
    'Mod-.': toggleMark(schema.marks.superscript),
    'Mod-k': () => act(link),
    'Alt-F10': () => act(toolbar),
    'Alt-F9': () => act(outline),
    'Mod-Enter': addSection,
    'Alt-Shift-ArrowUp': moveSection(-1),
    'Alt-Shift-ArrowDown': moveSection(1),
    F2: chainCommands(enterChosenField, enterField(false)),
    ArrowLeft: enterField(true),
  })
}

function act(callback) {
  callback()
  return true
}

const DIGITS = {
  Digit0: toParagraph, Digit1: toHeading(1), Digit2: toHeading(2), Digit3: toHeading(3), Digit4: toHeading(4),
  Digit5: toggleRunIn, Digit6: toggleQuotation, Digit7: insertNote, Digit8: toggleList, Digit9: cycleMarker,
}

/** Ctrl+Maj+digit, read from the place of the key since the digits of an AZERTY keyboard need Maj. */
export const digitKeys = () =>
  new Plugin({
    key: new PluginKey('digit_keys'),
    props: {
      handleKeyDown(view, event) {
        const command = event.ctrlKey && event.shiftKey && !event.altKey && DIGITS[event.code]
        return command ? command(view.state, view.dispatch, view) : false
      },
    },
  })

/** The caret is read again at each key: see `readCaret`. */
export const freshSelection = () =>
  new Plugin({
    key: new PluginKey('fresh_selection'),
    props: { handleDOMEvents: { keydown: (view, event) => event.isComposing || readCaret(view) } },
  })

/**
 * Tab moves inside lists and tables only; after Escape the next Tab leaves the text whatever holds the cursor
 * (WCAG 2.1.2). At the deepest level Tab stays in the list and `tell` says so.
 */
export function tabKeys(tell) {
  let leaving = false
  const inward = chainCommands(sinkItem, nextCell)
  const outward = chainCommands(liftItem, previousCell)
  return new Plugin({
    key: new PluginKey('tab_keys'),
    props: {
      handleKeyDown(view, event) {
        if (event.key === 'Escape') {
          leaving = true
          tell('Tab sort du texte.')
          return true
        }
        if (event.key !== 'Tab' || event.ctrlKey || event.altKey || event.metaKey) {
          if (event.key !== 'Shift') leaving = false
          return false
        }
        if (leaving) return false
        if ((event.shiftKey ? outward : inward)(view.state, view.dispatch)) return true
        if (event.shiftKey || !splitItem(view.state)) return false
        tell('Cet élément ne peut pas descendre d’un niveau. Échap puis Tab pour sortir du texte.')
        return true
      },
      handleDOMEvents: {
        blur: () => {
          leaving = false
          return false
        },
      },
    },
  })
}

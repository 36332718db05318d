import { Fragment, Slice } from '@tiptap/pm/model'
import { Plugin, PluginKey } from '@tiptap/pm/state'
import { SuggestList } from './suggest-list.js'
import { asks, itemsBySign, proposed, queryOf } from './suggestions.js'

const key = new PluginKey('suggest')
const FRESH_MS = 60_000
export const LIST_ID = 'mm-suggest'
export const optionId = index => `mm-suggest-${index}`

/**
 * « / » proposes the standard sentences, « @ » the names, in a list under the cursor while the focus stays in the text
 * (combobox pattern: the text says which option is meant). Escape leaves what was typed. `load` asks the server.
 */
export function suggest({ load, facts, tell }) {
  const source = new Source(load, facts)
  return new Plugin({
    key,
    state: {
      init: () => null,
      apply: (tr, open, _, state) => next(tr, open, state, source),
    },
    view: view => {
      const list = new SuggestList({ view, choose: index => choose(view, index), tell, stateOf: () => key.getState(view.state) })
      source.changed = () => view.isDestroyed || view.dispatch(view.state.tr.setMeta(key, {}))
      return list
    },
    props: {
      attributes: state => accessible(key.getState(state)),
      handleTextInput: (view, from, to, text) => begin(view, from, to, text, source),
      handleKeyDown: (view, event) => onKey(view, event),
      handleDOMEvents: { blur: view => (close(view), false) },
    },
  })
}

/** What the server proposes, asked at the first sign typed and again after a while. */
class Source {
  constructor(load, facts) {
    Object.assign(this, { load, facts, at: -Infinity, answer: {}, state: 'none' })
  }

  async ask() {
    if (performance.now() - this.at < FRESH_MS) return
    this.at = performance.now()
    const answer = await this.load()
    this.state = answer ? 'known' : 'lost'
    if (answer) this.answer = answer
    else this.at = -Infinity
    this.changed()
  }

  items(sign) {
    return itemsBySign(this.answer, this.facts)[sign]
  }
}

function next(tr, open, state, source) {
  const meta = tr.getMeta(key)
  if (meta?.close) return null
  const at = meta?.open ?? (open && { sign: open.sign, from: tr.mapping.map(open.from, -1) })
  if (!at) return null
  if (!meta && !tr.docChanged && !tr.selectionSet) return open
  const { $from, empty } = state.selection
  if (!empty || !$from.parent.isTextblock || at.from < $from.start() || at.from >= $from.pos) return null
  const query = queryOf($from.parent.textBetween(at.from - $from.start(), $from.parentOffset, null, '\ufffc'), at.sign)
  if (query === null) return null
  const found = proposed(source.items(at.sign), query)
  if (!found.length && /\s$/.test(query)) return null
  const index = meta?.index ?? (query === open?.query ? Math.min(open.index, Math.max(found.length - 1, 0)) : 0)
  return { ...at, query, found, index, source: source.state }
}

function begin(view, from, to, text, source) {
  const $from = view.state.doc.resolve(from)
  if (from !== to || !$from.parent.isTextblock) return false
  const before = $from.parent.textBetween(Math.max(0, $from.parentOffset - 1), $from.parentOffset, null, '\ufffc')
  if (!asks(before, text)) return false
  view.dispatch(view.state.tr.insertText(text, from, to).setMeta(key, { open: { sign: text, from } }))
  source.ask()
  return true
}

function onKey(view, event) {
  const open = key.getState(view.state)
  if (!open || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false
  if (event.key === 'Escape') return close(view)
  const count = open.found.length
  if (!count) return false
  if (event.key === 'Enter' || event.key === 'Tab') return choose(view, open.index)
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (!step) return false
  view.dispatch(view.state.tr.setMeta(key, { index: (open.index + step + count) % count }))
  return true
}

function close(view) {
  if (!key.getState(view.state)) return false
  view.dispatch(view.state.tr.setMeta(key, { close: true }))
  return true
}

function choose(view, index) {
  const { from, found } = key.getState(view.state)
  const to = view.state.selection.from
  view.dispatch(insertText(view.state.tr, from, to, found[index].text).setMeta(key, { close: true }).scrollIntoView())
  view.focus()
  return true
}

/** Each line is a paragraph where there may be several; elsewhere they follow one another. */
function insertText(tr, from, to, text) {
  const lines = text.split(/\r?\n/).map(line => line.trim()).filter(Boolean)
  const { parent } = tr.doc.resolve(from)
  const { schema } = parent.type
  if (lines.length < 2 || parent.type !== schema.nodes.paragraph) return tr.insertText(lines.join(' '), from, to)
  const paragraphs = lines.map(line => schema.nodes.paragraph.create(null, schema.text(line)))
  return tr.replace(from, to, new Slice(Fragment.from(paragraphs), 1, 1))
}

/** What the text says of its list, as a combobox does; nothing when there is none. */
function accessible(open) {
  if (!open) return {}
  const current = open.found.length ? { 'aria-activedescendant': optionId(open.index) } : {}
  return { 'aria-autocomplete': 'list', 'aria-haspopup': 'listbox', 'aria-controls': LIST_ID, ...current }
}

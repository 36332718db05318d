import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state'
import { Decoration, DecorationSet } from '@tiptap/pm/view'
import definition from '../../committees/minutes/tree/nodes.json'
import { intoSight } from './places.js'
import { matches, nearest, placeOf, replace } from './search.js'

const key = new PluginKey('search')
const NOTHING = { query: '', options: {}, found: [], index: -1 }
// A marker is no text to look for; an action is changed in the plan, but for its wording.
const LEFT_OUT = { marker: true, 'action.title': true, 'action.owner': true, 'action.due': true }
const FIELDS = Object.fromEntries(Object.entries(definition.nodes).map(([name, { attrs = {} }]) => [
  name, Object.keys(attrs).filter(attribute => attrs[attribute].type === 'text' && !LEFT_OUT[attribute] && !LEFT_OUT[`${name}.${attribute}`]),
]))

const longest = ({ type }, attribute) => definition.nodes[type.name].attrs[attribute].length ?? definition.limits.text_attribute_length
const fields = node => FIELDS[node.type.name] ?? []

export const searchMarks = () =>
  new Plugin({
    key,
    state: {
      init: () => NOTHING,
      apply(tr, search) {
        const next = { ...search, ...tr.getMeta(key) }
        if (!next.query) return tr.getMeta(key) ? NOTHING : search
        if (!tr.docChanged && next.found === search.found && next.query === search.query && next.options === search.options) return next
        const found = matches(tr.doc, next.query, next.options, fields)
        return { ...next, found, index: Math.min(next.index, found.length - 1) }
      },
    },
    props: {
      decorations(state) {
        const { found, index } = key.getState(state)
        return found.length ? DecorationSet.create(state.doc, found.map((match, rank) => mark(state.doc, match, rank === index))) : null
      },
    },
  })

function mark(doc, { pos, from, to }, isCurrent) {
  const current = isCurrent ? '--current' : ''
  if (pos === undefined) return Decoration.inline(from, to, { class: `mm-found mm-found${current}` })
  return Decoration.node(pos, pos + doc.nodeAt(pos).nodeSize, { class: `mm-found-field mm-found-field${current}` })
}

export const searchState = state => key.getState(state)

/** Looks for a text, and shows the match at `place` or after it. */
export function look(view, query, options, place) {
  view.dispatch(view.state.tr.setMeta(key, { query, options, index: -1 }))
  show(view, nearest(searchState(view.state).found, place))
}

export function step(view, by) {
  const { found, index } = searchState(view.state)
  if (found.length) show(view, (index + by + found.length) % found.length)
}

function show(view, index) {
  const { found } = searchState(view.state)
  const match = found[index]
  const tr = view.state.tr.setMeta(key, { index })
  if (match) tr.setSelection(match.pos === undefined ? TextSelection.create(tr.doc, match.from, match.to) : TextSelection.near(tr.doc.resolve(match.pos + 1)))
  view.dispatch(tr)
  if (match) intoSight(view)
}

/** Replaces the match shown and goes to the next one. Returns how many were replaced. */
export function replaceShown(view, text) {
  const { found, index } = searchState(view.state)
  if (!found[index]) return 0
  const { tr } = view.state
  const count = replace(tr, [found[index]], text, longest)
  const after = placeOf(found[index]) + (found[index].pos === undefined ? text.length : 1)
  view.dispatch(tr)
  const next = searchState(view.state).found
  show(view, nearest(next, after))
  return count
}

export function replaceAll(view, found, text) {
  const { tr } = view.state
  const count = replace(tr, found, text, longest)
  if (count) view.dispatch(tr)
  return count
}

export function endSearch(view) {
  view.dispatch(view.state.tr.setMeta(key, { query: '' }))
}

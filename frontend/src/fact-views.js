import { NodeSelection } from '@tiptap/pm/state'
import { el } from './dom.js'
import { drawField } from './fields.js'

export const LAYOUTS = [
  ['grouped', 'Par rubrique : « organisme : personnes »'], ['two_columns', 'Tableau de deux colonnes, sans filets'],
  ['header_table', 'Tableau d’en-tête : présidence, présents, excusés'], ['side_by_side', 'Deux blocs côte à côte'],
  ['college_table', 'Tableau par collège, l’état avec le nom'], ['three_columns', 'Tableau : nom, fonction, organisme'],
  ['none', 'Aucune liste imprimée'],
]
const MARKED = ['grouped', 'side_by_side']
const NO_LIST = 'La réunion n’a pas encore de liste de présence.'
const NOT_PRINTED = 'La liste de présence n’est pas imprimée.'

/**
 * A fact with choices of how it is printed above what is known of it. `lines(attrs)` are drawn again at each choice;
 * a field may be shown for some of them only.
 */
export function chosenFactView(props, { name, title, fields, lines }) {
  const { node, view, getPos } = props
  const drawn = fields.map(field => ({ ...drawField({ node, view, getPos }, field), isShown: field.isShown ?? (() => true) }))
  const body = el('div', { class: 'mm-fact__body' })
  const head = el('div', { class: 'mm-fields', contenteditable: 'false' }, drawn.map(({ dom }) => dom))
  const dom = el('div', { class: 'mm-fact', 'data-fact': name, contenteditable: 'false' }, el('p', { class: 'mm-fact__name' }, title), head, body)
  let shown = node
  const refresh = () => {
    for (const field of drawn) field.dom.hidden = !field.isShown(shown.attrs)
    body.replaceChildren(...lines(shown.attrs))
  }
  document.addEventListener('minutes:facts', refresh)
  refresh()
  return {
    dom,
    update(next) {
      if (next.type !== node.type) return false
      shown = next
      for (const { show } of drawn) show(next)
      refresh()
      return true
    },
    stopEvent: event => drawn.some(({ dom }) => dom === event.target),
    ignoreMutation: () => true,
    destroy: () => document.removeEventListener('minutes:facts', refresh),
  }
}

const PAGES = [['listed', 'Titres seuls'], ['appended', 'Titres, et pages ajoutées à la fin du PDF']]
const APPENDED = 'Les pages des fichiers PDF s’ajouteront à la fin du document, avec leur propre numéro ; les autres fichiers restent dans le dossier.'

export function annexesView(props, facts, lines) {
  return chosenFactView(props, {
    name: 'annexes',
    title: 'Annexes (remplies par la réunion)',
    fields: [{ attribute: 'pages', label: 'Pages des annexes', choices: PAGES }],
    lines: ({ pages }) => [...lines(), ...(pages === 'appended' ? [el('p', { class: 'mm-fact__empty' }, APPENDED)] : [])],
  })
}

export function attendanceView(props, facts) {
  return chosenFactView(props, {
    name: 'attendance',
    title: 'Présences (remplies par la réunion)',
    fields: [
      { attribute: 'layout', label: 'Présentation de la liste de présence', choices: LAYOUTS },
      { attribute: 'marker', label: 'Puce de chaque ligne (facultative)', hint: 'Puce (facultative)', isShown: ({ layout }) => MARKED.includes(layout) },
    ],
    lines: attrs => attendanceLines(facts, attrs),
  })
}

/** The field of the fact chosen whole, as atoms are; null when there is none. */
function chosenField({ selection }, view) {
  return selection instanceof NodeSelection ? view?.nodeDOM(selection.from)?.querySelector?.('.mm-field') ?? null : null
}

/** Enter on a fact that has a choice goes to it. */
export function enterChosenField(state, _, view) {
  const field = chosenField(state, view)
  field?.focus()
  return Boolean(field)
}

/** Whether the fact chosen whole has a way of being printed to choose. */
export function hasChoice({ selection }) {
  return selection instanceof NodeSelection && ['attendance', 'annexes'].includes(selection.node.type.name)
}

function attendanceLines({ attendance = [], layouts = {} }, { layout, marker }) {
  if (layout === 'none') return [el('p', { class: 'mm-fact__empty' }, NOT_PRINTED)]
  if (!attendance.length) return [el('p', { class: 'mm-fact__empty' }, NO_LIST)]
  const { columns = [], groups = attendance } = layouts[layout] ?? {}
  return groups.flatMap(group => [...headingOf(group), ...contentOf(group, layout, columns, MARKED.includes(layout) ? marker.trim() : '')])
}

export function headingOf({ heading, depth }) {
  return heading ? [el('p', { class: depth ? 'mm-fact__heading mm-fact__inner' : 'mm-fact__heading' }, heading)] : []
}

export function linesOf({ lines = [], depth }, marker = '') {
  const marked = line => (marker ? `${marker} ${line}` : line)
  return lines.length ? [el('ul', { role: 'list', class: depth ? 'mm-fact__inner' : false }, lines.map(line => el('li', {}, marked(line))))] : []
}

function contentOf(group, layout, columns, marker) {
  if (layout === 'header_table') return [headerTable(group.rows)]
  if (group.blocks) return [...linesOf(group, marker), blocksBeside(group.blocks, marker)]
  return Array.isArray(group.rows?.[0]) ? [factTable(group.rows, columns)] : linesOf(group, marker)
}

export function actionsTable(actions = [], none) {
  if (!actions.length) return [el('p', { class: 'mm-fact__empty' }, none)]
  const rows = actions.map(({ title, owner, due, state }) => [title, owner, due, state])
  return [factTable(rows, ['Action', 'Responsable', 'Échéance', 'État'])]
}

function blocksBeside(blocks, marker) {
  return el('div', { class: 'mm-fact__beside' }, blocks.map(block => el('div', {}, headingOf(block), linesOf({ lines: block.lines }, marker))))
}

function factTable(rows, columns) {
  const head = columns.length ? el('thead', {}, el('tr', {}, columns.map(column => el('th', { scope: 'col' }, column)))) : null
  const cells = row => row.map((cell, index) => (index || columns.length === 3 ? el('td', {}, cell) : el('th', { scope: 'row' }, cell)))
  return el('table', { class: columns.length ? 'mm-fact__table' : 'mm-fact__table mm-fact__table--plain' }, head, el('tbody', {}, rows.map(row => el('tr', {}, cells(row)))))
}

function headerTable(rows) {
  const part = ({ heading, lines }) => [...(heading ? [el('p', { class: 'mm-fact__heading' }, heading)] : []), ...lines.map(line => el('p', {}, line))]
  const drawn = rows.map(({ label, parts }) => el('tr', {}, el('th', { scope: 'row' }, label), el('td', {}, parts.flatMap(part))))
  return el('table', { class: 'mm-fact__table' }, el('tbody', {}, drawn))
}

import { actionView } from './actions.js'
import { el, setAttribute } from './dom.js'
import { exchangeViews } from './exchange-views.js'
import { actionsTable, annexesView, attendanceView } from './fact-views.js'
import { outside, withField, withFields } from './fields.js'
import { textViews } from './text-views.js'

export const DECISION_KINDS = [
  ['validation', 'Validation'], ['agreement', 'Accord'], ['opinion', 'Avis'], ['approval', 'Approbation'], ['election', 'Élection'],
]
const DECISION_FIELDS = [
  { attribute: 'title', label: 'Intitulé, imprimé tel quel', hint: 'Intitulé' },
  { attribute: 'kind', label: 'Nature de la décision', choices: DECISION_KINDS },
  { attribute: 'decided_by', label: 'Qui a décidé (facultatif)', hint: 'Qui a décidé (facultatif)' },
]
const NO_DOCUMENT = 'La réunion n’a pas encore de document de cette sorte.'
const annexes = ({ documents = [] }) => documents.filter(({ kind }) => kind === 'annexed').map(({ lines }) => ({ heading: '', lines }))

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
    decision: props => {
      const contentDOM = el('p', { class: 'mm-decision__text' })
      return withFields(props, { tag: 'div', name: 'mm-decision', fields: DECISION_FIELDS, inner: contentDOM, contentDOM })
    },
    action: ({ node }) => actionView(node, facts),
    dossier: () => factView('dossier', 'Dossier (rempli par la réunion)', () => groupLines(facts.documents, NO_DOCUMENT)),
    annexes: props => annexesView(props, facts, () => groupLines(annexes(facts), NO_DOCUMENT)),
    quorum: () => factView('quorum', 'Quorum (rempli par la réunion)', () => sentences(facts.quorum, quorumLine, 'Le comité n’a pas de règle de quorum.')),
    votes: () => factView('votes', 'Votes (remplis par la réunion)', () => sentences(facts.votes, voteLine, 'La réunion n’a pas de vote.')),
    agenda: () => factView('agenda', 'Ordre du jour (rempli par la réunion)', () => agendaLines(facts.agenda)),
    attendance: props => attendanceView(props, facts),
    meeting_actions: () => factView('meeting_actions', 'Actions de la réunion (remplies par le plan d’actions)', () => actionsTable(facts.actions, 'La réunion n’a pas encore d’action.')),
    previous_actions: () => factView('previous_actions', 'Suites données aux actions précédentes (remplies par le plan d’actions)', () => actionsTable(facts.previous_actions, 'Aucune action ouverte des réunions précédentes.')),
    signature_block: () => {
      const contentDOM = el('div', { class: 'mm-signature__lines' })
      const dom = el('div', { class: 'mm-signature' }, el('p', { class: 'mm-fact__name', contenteditable: 'false' }, 'Signature'), contentDOM)
      return { dom, contentDOM, ignoreMutation: outside(contentDOM) }
    },
    ...exchangeViews,
    ...textViews,
  }
}

function renamed(dom, node) {
  setAttribute(dom, 'data-section', node.attrs.id)
  return true
}

function headingView(props) {
  const { level } = props.node.attrs
  const text = el(`h${level + 1}`, { class: 'mm-heading__text' })
  const view = withField(props, {
    tag: 'div', name: `mm-heading mm-heading--${level}`, attribute: 'label', label: 'Libellé, imprimé tel quel', hint: 'Libellé', inner: text, contentDOM: text,
  })
  const refresh = node => {
    text.classList.toggle('mm-empty', node.content.size === 0)
    view.dom.classList.toggle('mm-heading--run-in', node.attrs.form === 'run_in')
  }
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

function factView(name, title, lines) {
  const body = el('div', { class: 'mm-fact__body' }, lines())
  const dom = el('div', { class: 'mm-fact', 'data-fact': name, contenteditable: 'false' }, el('p', { class: 'mm-fact__name' }, title), body)
  const refresh = () => body.replaceChildren(...lines())
  document.addEventListener('minutes:facts', refresh)
  return { dom, ignoreMutation: () => true, destroy: () => document.removeEventListener('minutes:facts', refresh) }
}

function agendaLines(items = []) {
  if (!items.length) return [el('p', { class: 'mm-fact__empty' }, 'La réunion n’a pas encore d’ordre du jour.')]
  return items.map(({ label, title, presenters, depth }) =>
    el('p', { class: depth ? 'mm-fact__inner' : false }, `${label ? `${label} ` : ''}${title}${presenters ? ` – ${presenters}` : ''}`))
}

function sentences(found = [], line, none) {
  return found.length ? found.map(one => el('p', {}, line(one, found.length))) : [el('p', { class: 'mm-fact__empty' }, none)]
}

function quorumLine({ committee, sentence, rule }, count) {
  return [count > 1 ? `${committee} : ${sentence}` : sentence, rule].filter(Boolean).join(' ')
}

function voteLine({ subject, label, item, sentence }) {
  const about = subject || [label, item].filter(Boolean).join(' ')
  return about ? `${about} : ${sentence}` : sentence
}

function groupLines(groups = [], none) {
  if (!groups.length) return [el('p', { class: 'mm-fact__empty' }, none)]
  return groups.flatMap(({ heading, lines = [], depth }) => [
    ...(heading ? [el('p', { class: depth ? 'mm-fact__heading mm-fact__inner' : 'mm-fact__heading' }, heading)] : []),
    ...(lines.length ? [el('ul', { role: 'list', class: depth ? 'mm-fact__inner' : false }, lines.map(line => el('li', {}, line)))] : []),
  ])
}

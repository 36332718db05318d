import { NodeSelection } from '@tiptap/pm/state'
import { insertBlock } from './blocks.js'
import { askTexts } from './dialogs.js'
import { el, uuid } from './dom.js'

const TITLE_LENGTH = 200
const FIELDS = [
  { name: 'title', label: 'Intitulé', missing: 'Donnez un intitulé à cette action.', maxlength: TITLE_LENGTH },
  { name: 'owner', label: 'Responsable (facultatif)', maxlength: TITLE_LENGTH, hint: 'Une personne ou un service, comme dit en réunion. Sans responsable connu du portail, l’action reste « proposée ».' },
  { name: 'due', label: 'Échéance (facultatif)', maxlength: TITLE_LENGTH, hint: 'Comme donnée : « 15/03/2027 », « 2e trimestre 2027 », « après la labellisation ».' },
]
const WORDING = {
  name: 'wording', label: 'Texte imprimé dans ce compte-rendu (facultatif)', hint: 'Sans lui, l’intitulé de l’action est imprimé.', maxlength: 300,
}
const CREATED = 'L’action est inscrite au plan d’actions quand le texte est enregistré. La retirer du texte ne la retire pas du plan.'
const KEPT = 'L’intitulé, le responsable et l’échéance se modifient dans le plan d’actions.'

/** The action chosen whole, as atoms are: {node, pos}, or null. */
export function actionChosen({ selection }) {
  const isAction = selection instanceof NodeSelection && selection.node.type.name === 'action'
  return isAction ? { node: selection.node, pos: selection.from } : null
}

/** Asks what an action is and puts it in the text; the server creates its line of the plan when the text is saved. */
export async function insertAction(host, view) {
  const typed = await askTexts(host, 'Insérer une action', CREATED, [...FIELDS, WORDING])
  if (typed) insertBlock(({ nodes }) => nodes.action.create({ id: uuid(), ...typed }))(view.state, view.dispatch)
  view.focus()
}

/** Changes the wording of the action chosen; the action itself is changed in the plan. */
export async function editAction(host, view) {
  const { node, pos } = actionChosen(view.state)
  const typed = await askTexts(host, 'Texte de l’action', KEPT, [{ ...WORDING, value: node.attrs.wording }])
  if (typed && view.state.doc.nodeAt(pos)?.attrs.id === node.attrs.id) {
    const tr = view.state.tr.setNodeAttribute(pos, 'wording', typed.wording)
    view.dispatch(tr.setSelection(NodeSelection.create(tr.doc, pos)))
  }
  view.focus()
}

/** The words of the minutes, and what the plan d'actions says of it today. */
export function actionView(node, facts) {
  const body = el('div', { class: 'mm-fact__body' })
  const name = el('p', { class: 'mm-fact__name' }, 'Action du plan d’actions')
  const dom = el('div', { class: 'mm-fact', 'data-fact': 'action', contenteditable: 'false' }, name, body)
  let shown = node
  const refresh = () => body.replaceChildren(...actionLines(shown.attrs, facts.actions))
  document.addEventListener('minutes:facts', refresh)
  refresh()
  return {
    dom,
    update: next => next.type === node.type && ((shown = next), refresh(), true),
    ignoreMutation: () => true,
    destroy: () => document.removeEventListener('minutes:facts', refresh),
  }
}

/** Whether the text cites an action the facts do not tell of: one just created, or copied from other minutes. */
export function citesUnknownAction(doc, { actions = [] }) {
  const known = new Set(actions.map(({ id }) => id))
  let found = false
  doc.descendants(node => {
    found ||= node.type.name === 'action' && !known.has(node.attrs.id)
    return !found && !node.isTextblock
  })
  return found
}

function actionLines(attrs, actions = []) {
  const known = actions.find(({ id }) => id === attrs.id)
  const { title, owner, due } = known ?? attrs
  const details = [['Responsable', owner], ['Échéance', due], ['État', known?.state ?? 'inscrite au plan d’actions à l’enregistrement']]
  return [
    el('p', { class: 'mm-label' }, attrs.wording || title),
    el('ul', { role: 'list' }, details.filter(([, value]) => value).map(([name, value]) => el('li', {}, `${name} : ${value}`))),
  ]
}

import { answersTitle } from './answered.js'
import { el } from './dom.js'
import { withFields } from './fields.js'

export const REMARK_KINDS = [
  ['observation', 'Observation'], ['question', 'Question'], ['suggestion', 'Suggestion'], ['satisfaction', 'Satisfaction'],
  ['malfunction', 'Dysfonctionnement'],
]
const MARKER = { attribute: 'marker', label: 'Puce' }
const PRESENTATIONS = [['flow', 'Les réponses après les observations'], ['by_organisation', 'Organisation par organisation']]
const ORGANISATION = { attribute: 'organisation', label: 'Organisation (vide : la même que ci-dessus)', hint: 'Organisation (vide : la même)' }
const SPEAKER = { attribute: 'speaker', label: 'Intervenant (facultatif)', hint: 'Intervenant (facultatif)' }

export const exchangeViews = {
  exchange: props => {
    const contentDOM = el('div', { class: 'mm-exchange__turns', role: 'list', 'aria-label': 'Échange : observations, puis réponses' })
    const view = withFields(props, {
      tag: 'div', name: 'mm-exchange', inner: contentDOM, contentDOM,
      fields: [
        { attribute: 'opening', label: 'Phrase d’introduction de l’échange', hint: 'Mme A a formulé les observations suivantes :' },
        { attribute: 'answers_title', label: 'Titre des réponses', hint: answersTitle },
        { attribute: 'presentation', label: 'Présentation de l’échange', choices: PRESENTATIONS },
      ],
    })
    const show = ({ attrs: { presentation } }) => (view.dom.dataset.presentation = presentation)
    show(props.node)
    return { ...view, update: next => view.update(next) && (show(next), true) }
  },
  remark: props => turn(props, 'remark', [MARKER, { attribute: 'kind', label: 'Nature', choices: REMARK_KINDS }, ORGANISATION, SPEAKER]),
  answer: props => turn(props, 'answer', [MARKER, SPEAKER]),
}

function turn(props, name, fields) {
  const contentDOM = el('div', { class: 'mm-turn__text' })
  const attributes = { role: 'listitem' }
  return withFields(props, { tag: 'div', name: `mm-turn mm-turn--${name}`, attributes, fields, inner: contentDOM, contentDOM })
}

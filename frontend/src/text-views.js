import { el } from './dom.js'
import { withFields } from './fields.js'
import { footnoteView } from './footnotes.js'

const LEVELS = ['1', '2', '3', '4'].map(level => [level, `${level} niveau${level > 1 ? 'x' : ''} de titres`])

/** The views of the nodes of prose that show more than their text. */
export const textViews = {
  footnote: footnoteView,
  quotation: props => {
    const contentDOM = el('div', { class: 'mm-quotation__text' })
    return withFields(props, {
      tag: 'blockquote', name: 'mm-quotation', inner: contentDOM, contentDOM,
      fields: [{ attribute: 'source', label: 'Qui ou quoi est cité (facultatif), imprimé après', hint: 'Qui ou quoi est cité (facultatif)' }],
    })
  },
  page_break: () => ({
    dom: el('div', { class: 'mm-page-break', contenteditable: 'false' }, el('span', {}, 'Saut de page (dans le PDF)')),
    ignoreMutation: () => true,
  }),
  table_of_contents: props => {
    const inner = el('p', { class: 'mm-fact__empty', contenteditable: 'false' }, 'Les titres du compte-rendu, avec leur page dans le PDF.')
    const view = withFields(props, {
      tag: 'div', name: 'mm-fact', attributes: { 'data-fact': 'table_of_contents' }, inner, contentDOM: inner,
      fields: [
        { attribute: 'title', label: 'Titre du sommaire (facultatif)', hint: 'Titre du sommaire (facultatif)' },
        { attribute: 'levels', label: 'Profondeur du sommaire', choices: LEVELS, read: Number },
      ],
    })
    return { ...view, contentDOM: undefined, ignoreMutation: () => true }
  },
}

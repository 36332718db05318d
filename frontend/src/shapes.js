import { Fragment } from '@tiptap/pm/model'
import { safeHref } from './links.js'
import definition from '../../committees/minutes/tree/nodes.json'

const { text_attribute_length: textLength } = definition.limits
const { length: noteLength } = definition.nodes.footnote.attrs.text
const { colspan } = definition.nodes.table_cell.attrs
const { choices: remarkKinds } = definition.nodes.remark.attrs.kind
const { choices: layouts } = definition.nodes.attendance.attrs.layout
const { choices: annexPages } = definition.nodes.annexes.attrs.pages
const { choices: decisionKinds } = definition.nodes.decision.attrs.kind
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const { level: headingLevel } = definition.nodes.heading.attrs

/** How each node is drawn for the clipboard and the comparison of two texts, and which pasted elements become it. */
export const nodeShapes = {
  section: {
    parse: [{ tag: 'section[data-section]', getAttrs: () => ({ id: null }) }],
    draw: node => ['section', { class: 'mm-section', 'data-section': node.attrs.id }, 0],
  },
  heading: {
    parse: [1, 2, 3, 4, 5, 6].map(rank => ({ tag: `h${rank}`, getAttrs: readHeading(rank), contentElement: ownContent })),
    draw: drawHeading,
  },
  paragraph: { parse: [{ tag: 'p' }], draw: () => ['p', 0] },
  list: { parse: [{ tag: 'ul' }, { tag: 'ol' }], draw: () => ['ul', { class: 'mm-list' }, 0] },
  list_item: {
    parse: [{ tag: 'li', getAttrs: element => ({ marker: readMarker(element) }) }],
    draw: node => ['li', { 'data-marker': node.attrs.marker }, 0],
  },
  table: {
    parse: [{ tag: 'table', getAttrs: readTable }],
    draw: ({ attrs: { caption, columns } }) => ['table', { 'data-caption': caption, ...(columns === 'values' && { 'data-columns': columns }) }, ['tbody', 0]],
  },
  table_row: { parse: [{ tag: 'tr' }], draw: () => ['tr', 0] },
  table_header: { parse: [{ tag: 'th', getAttrs: readSpans }], draw: node => ['th', spans(node), 0] },
  table_cell: { parse: [{ tag: 'td', getAttrs: readSpans }], draw: node => ['td', spans(node), 0] },
  agenda: { parse: [{ tag: 'div[data-fact=agenda]' }], draw: () => ['div', { 'data-fact': 'agenda' }, '[Ordre du jour]'] },
  attendance: {
    parse: [{ tag: 'div[data-fact=attendance]', getAttrs: readChoice('layout', layouts) }],
    draw: ({ attrs: { layout } }) => ['div', { 'data-fact': 'attendance', 'data-layout': layout }, '[Présences]'],
  },
  signature_block: {
    parse: [{ tag: 'div[data-signature]' }],
    draw: () => ['div', { class: 'mm-signature', 'data-signature': '' }, 0],
  },
  signature_line: {
    parse: [{ tag: 'p[data-signature-line]', priority: 60 }],
    draw: () => ['p', { 'data-signature-line': '' }, 0],
  },
  exchange: {
    parse: [{ tag: 'div[data-exchange]', getAttrs: readExchange, contentElement: ownContent }],
    draw: node => [
      'div', { class: 'mm-exchange', 'data-exchange': '', 'data-opening': node.attrs.opening, 'data-answers-title': node.attrs.answers_title, 'data-presentation': node.attrs.presentation },
      ...(node.attrs.opening ? [['p', { class: 'mm-label' }, node.attrs.opening]] : []),
      ['div', { 'data-content': '' }, 0],
    ],
  },
  remark: {
    parse: [{ tag: 'div[data-remark]', getAttrs: readRemark, contentElement: ownContent }],
    draw: ({ attrs: { id, marker, speaker, kind, organisation } }) =>
      drawTurn({ 'data-remark': id, 'data-kind': kind, 'data-organisation': organisation }, marker, [organisation, speaker].filter(Boolean).join(', ')),
  },
  answer: {
    parse: [{ tag: 'div[data-answers]', getAttrs: readAnswer, contentElement: ownContent }],
    draw: ({ attrs: { marker, speaker, answers } }) => drawTurn({ 'data-answers': answers.join(' ') }, marker, speaker),
  },
  decision: {
    parse: [{ tag: 'div[data-decision]', getAttrs: readDecision, contentElement: ownContent }],
    draw: ({ attrs: { title, kind, decided_by: by } }) => [
      'div', { class: 'mm-decision', 'data-decision': kind, 'data-title': title, 'data-decided-by': by },
      ...(title || by ? [['p', { class: 'mm-label' }, [title, by].filter(Boolean).join(' – ')]] : []),
      ['p', { 'data-content': '' }, 0],
    ],
  },
  action: {
    parse: [{ tag: 'div[data-action]', getAttrs: readAction }],
    draw: ({ attrs: { id, title, owner, due, wording } }) => [
      'div', { 'data-action': id, 'data-title': title, 'data-owner': owner, 'data-due': due, 'data-wording': wording }, `Action : ${wording || title}`,
    ],
  },
  dossier: { parse: [{ tag: 'div[data-fact=dossier]' }], draw: () => ['div', { 'data-fact': 'dossier' }, '[Dossier de la réunion]'] },
  annexes: {
    parse: [{ tag: 'div[data-fact=annexes]', getAttrs: readChoice('pages', annexPages) }],
    draw: ({ attrs: { pages } }) => ['div', { 'data-fact': 'annexes', 'data-pages': pages }, '[Annexes]'],
  },
  quorum: { parse: [{ tag: 'div[data-fact=quorum]' }], draw: () => ['div', { 'data-fact': 'quorum' }, '[Quorum]'] },
  votes: { parse: [{ tag: 'div[data-fact=votes]' }], draw: () => ['div', { 'data-fact': 'votes' }, '[Votes]'] },
  quotation: {
    parse: [{ tag: 'blockquote', getAttrs: readTexts('source'), contentElement: ownContent }],
    draw: node => [
      'blockquote', { class: 'mm-quotation', 'data-source': node.attrs.source }, ['div', { 'data-content': '' }, 0],
      ...(node.attrs.source ? [['p', { class: 'mm-label' }, `— ${node.attrs.source}`]] : []),
    ],
  },
  separator: {
    parse: [{ tag: 'p[data-separator]', priority: 60 }, { tag: 'hr', getContent: (_, schema) => Fragment.from(schema.text('*')) }],
    draw: () => ['p', { class: 'mm-separator', 'data-separator': '' }, 0],
  },
  page_break: { parse: [{ tag: 'div[data-page-break]' }], draw: () => ['div', { 'data-page-break': '' }, '[Saut de page]'] },
  table_of_contents: {
    parse: [{ tag: 'div[data-contents]', getAttrs: element => ({ ...readTexts('title')(element), levels: readLevel(element.dataset.contents, 2) }) }],
    draw: ({ attrs: { title, levels } }) => ['div', { 'data-contents': levels, 'data-title': title }, `[${title || 'Sommaire'}]`],
  },
  footnote: {
    parse: [{ tag: 'span[data-note]', getAttrs: element => ({ text: element.dataset.note.slice(0, noteLength) }) }],
    draw: ({ attrs: { text } }) => ['span', { class: 'mm-note', 'data-note': text }, `[note : ${text}]`],
  },
  meeting_actions: { parse: [{ tag: 'div[data-fact=meeting_actions]' }], draw: () => ['div', { 'data-fact': 'meeting_actions' }, '[Actions de la réunion]'] },
  previous_actions: { parse: [{ tag: 'div[data-fact=previous_actions]' }], draw: () => ['div', { 'data-fact': 'previous_actions' }, '[Suites données aux actions précédentes]'] },
  hard_break: { parse: [{ tag: 'br' }], draw: () => ['br'] },
}

export const markShapes = {
  bold: {
    parse: [
      { tag: 'strong' },
      { tag: 'b', getAttrs: element => element.style.fontWeight !== 'normal' && null },
      { style: 'font-weight', getAttrs: value => /^(bold(er)?|[6-9]\d\d)$/.test(value) && null },
    ],
    draw: () => ['strong', 0],
  },
  italic: {
    parse: [{ tag: 'em' }, { tag: 'i', getAttrs: element => element.style.fontStyle !== 'normal' && null }, { style: 'font-style=italic' }],
    draw: () => ['em', 0],
  },
  superscript: { parse: [{ tag: 'sup' }, { style: 'vertical-align=super' }], draw: () => ['sup', 0] },
  link: {
    parse: [{ tag: 'a[href]', getAttrs: readLink }],
    draw: mark => ['a', { href: mark.attrs.href, rel: 'noopener noreferrer' }, 0],
  },
}

function drawHeading(node) {
  const { label, level, form } = node.attrs
  const attributes = { 'data-label': label, 'data-level': level, ...(form === 'run_in' && { 'data-form': form }) }
  const text = ['span', { 'data-content': '' }, 0]
  return [`h${level + 1}`, attributes, ...(label ? [['span', { class: 'mm-label' }, label], ' '] : []), text]
}

function readHeading(rank) {
  return element => ({
    label: element.dataset.label?.slice(0, textLength) ?? '',
    level: readLevel(element.dataset.level, rank),
    form: element.dataset.form === 'run_in' ? 'run_in' : 'block',
  })
}

function readLevel(text, otherwise) {
  return Math.min(Math.max(Number(text) || otherwise, headingLevel.minimum), headingLevel.maximum)
}

function drawTurn(attributes, marker, speaker) {
  const named = `${marker} ${speaker}`.trim()
  return [
    'div', { class: 'mm-turn', 'data-marker': marker, 'data-speaker': speaker, ...attributes },
    ...(named ? [['p', { class: 'mm-label' }, named]] : []),
    ['div', { 'data-content': '' }, 0],
  ]
}

/** The texts of these data attributes, under the names of nodes.json. */
function readTexts(...names) {
  return ({ dataset }) =>
    Object.fromEntries(names.map(name => [name.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`), dataset[name]?.slice(0, textLength) ?? '']))
}

function readExchange(element) {
  const { presentation } = element.dataset
  return { ...readTexts('opening', 'answersTitle')(element), presentation: presentation === 'by_organisation' ? presentation : 'flow' }
}

/** One of the choices of an attribute; the first of them for anything else. */
function readChoice(name, choices) {
  return ({ dataset }) => ({ [name]: choices.includes(dataset[name]) ? dataset[name] : choices[0] })
}

function readRemark(element) {
  const { remark, kind } = element.dataset
  return {
    ...readTexts('marker', 'speaker', 'organisation')(element), id: UUID.test(remark) ? remark : null, kind: remarkKinds.includes(kind) ? kind : 'observation',
  }
}

function readAnswer(element) {
  return { ...readTexts('marker', 'speaker')(element), answers: element.dataset.answers.split(' ').filter(id => UUID.test(id)) }
}

function readDecision(element) {
  const { decision } = element.dataset
  return { ...readTexts('title', 'decidedBy')(element), kind: decisionKinds.includes(decision) ? decision : decisionKinds[0] }
}

/** A pasted action cites the same line of the plan; without a readable identifier it is no action. */
function readAction(element) {
  const { action: id } = element.dataset
  return UUID.test(id) && { id, ...readTexts('title', 'owner', 'due', 'wording')(element) }
}

function ownContent(element) {
  return element.querySelector(':scope > [data-content]') ?? element
}

function readMarker(element) {
  if (element.dataset.marker !== undefined) return element.dataset.marker.slice(0, textLength)
  const list = element.closest('ol, ul')
  if (!list || list.tagName === 'UL') return '–'
  const rank = Array.from(list.children).filter(child => child.tagName === 'LI').indexOf(element)
  const number = (Number(list.getAttribute('start')) || 1) + rank
  const letters = { a: 97, A: 65 }[list.getAttribute('type')]
  return letters && number <= 26 ? `${String.fromCharCode(letters + number - 1)})` : `${number}.`
}

function readTable({ dataset: { caption, columns } }) {
  return { caption: caption?.slice(0, textLength) ?? '', columns: columns === 'values' ? columns : 'equal' }
}

function readSpans(element) {
  const span = name => Math.min(Math.max(Number(element.getAttribute(name)) || 1, colspan.minimum), colspan.maximum)
  return { colspan: span('colspan'), rowspan: span('rowspan') }
}

function spans(node) {
  const { colspan: columns, rowspan: rows } = node.attrs
  return { ...(columns > 1 && { colspan: columns }), ...(rows > 1 && { rowspan: rows }) }
}

function readLink(element) {
  const href = safeHref(element.getAttribute('href'))
  return href ? { href } : false
}

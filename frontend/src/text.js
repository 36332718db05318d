import { answered, answersOf, answersTitle, named, remarksOf, showsMentions } from './answered.js'

const FACTS = { agenda: '[Ordre du jour]', attendance: '[Présences]', dossier: '[Dossier de la réunion]', annexes: '[Annexes]', quorum: '[Quorum]', votes: '[Votes]', table_of_contents: '[Sommaire]' }

/** The plain text of a node, labels and markers included, one line per block: for copying and for the clipboard. */
export function plainText(node) {
  const lines = []
  write(node, '', lines)
  return lines.join('\n')
}

function write(node, indent, lines) {
  if (node.isTextblock) {
    const label = labelOf(node)
    lines.push(indent + label + inlineText(node))
  } else if (node.type.name === 'list_item') {
    node.forEach((child, _, index) => write(child, index === 0 ? `${indent}${node.attrs.marker} ` : `${indent}  `, lines))
  } else if (node.type.name === 'exchange') {
    writeExchange(node, indent, lines)
  } else if (node.type.name === 'table_row') {
    const cells = []
    node.forEach(cell => cells.push(plainText(cell).replaceAll('\n', ' ')))
    lines.push(cells.join('\t'))
  } else if (FACTS[node.type.name]) {
    lines.push(indent + FACTS[node.type.name])
  } else if (node.type.name === 'page_break') {
    return
  } else if (node.type.name === 'action') {
    lines.push(`${indent}Action : ${node.attrs.wording || node.attrs.title}`)
  } else {
    if (node.attrs.caption) lines.push(node.attrs.caption)
    const inner = node.type.name === 'list' && indent ? indent.replace(/\S/g, ' ') : indent
    node.forEach(child => write(child, inner, lines))
    if (node.attrs.source) lines.push(`${indent}— ${node.attrs.source}`)
  }
}

function labelOf({ type, attrs: { label, title, decided_by: by } }) {
  if (type.name === 'decision') return title || by ? `${[title, by].filter(Boolean).join(' – ')} : ` : ''
  return label ? `${label} ` : ''
}

function writeExchange(exchange, indent, lines) {
  if (exchange.attrs.opening) lines.push(indent + exchange.attrs.opening)
  for (const remark of remarksOf(exchange)) writeTurn(remark, '', indent, lines)
  const answers = answersOf(exchange)
  if (answers.length) lines.push(indent + (exchange.attrs.answers_title || answersTitle(exchange)))
  for (const answer of answers) writeTurn(answer, showsMentions(exchange) ? answered(exchange, answer) : '', indent, lines)
}

function writeTurn(turn, about, indent, lines) {
  const { marker, speaker, organisation } = turn.attrs
  const said = named([organisation, speaker.trim()].filter(Boolean).join(', '), about, turn.firstChild.textContent)
  turn.forEach((child, _, index) => write(child, index === 0 ? `${indent}${[marker, said].filter(Boolean).join(' ')} ` : `${indent}  `, lines))
}

function inlineText(block) {
  return block.textBetween(0, block.content.size, '\n', leaf => (leaf.type.name === 'hard_break' ? '\n' : noteText(leaf)))
}

const noteText = ({ type, attrs: { text } }) => (type.name === 'footnote' && text ? ` [note : ${text}]` : '')

/** How a section is called in a message: its label and heading, or the beginning of its text. */
export function sectionName(node) {
  if (!node) return 'section sans titre'
  const first = node.firstChild
  const text = first ? plainText(first).trim() : ''
  return text ? `« ${shortened(text)} »` : 'section sans titre'
}

export function shortened(text) {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}

import { left } from './agenda-cited.js'
import { answersOf, remarksOf } from './answered.js'
import { words } from './folding.js'
import { shortened } from './text.js'

const NOUNS = { question: 'Question', suggestion: 'Suggestion', malfunction: 'Dysfonctionnement' }
const SPOKEN = ['speaker', 'opening', 'caption', 'label', 'source', 'text']
// Between two passages: no text by themselves, and no section forgotten either.
const BETWEEN = new Set(['separator', 'page_break'])
const NEEDS_NO_ANSWER = 'satisfaction'
const LONGEST_TITLE = 400
// What a standard sentence leaves to write stands apart (« levée à … h »); three dots that end a sentence do not.
const TO_FILL = /(?:^|\s)…(?=[\s.,;:)]|$)/
const read = new WeakMap()

/**
 * What remains to look at in the text: [{kind, text, section, at}], `at` being the place in the document.
 * In the words of committees/minutes/tree/remaining.py. A section that did not change is not read again.
 */
export function remaining(doc, facts) {
  const sections = []
  doc.forEach((node, pos) => sections.push({ node, pos, ...readSection(node) }))
  const headings = sections.flatMap(section => section.headings)
  const openings = sections.flatMap(section => section.openings)
  const missing = left(facts.agenda ?? [], headings, openings).map(item => ({ kind: 'agenda', text: uncitedText(item), section: null, at: null }))
  return [...missing, ...sections.flatMap((section, index) => pointsOf(section, sections[index + 1], facts))]
}

function uncitedText({ label, title }) {
  return `Point « ${[label, title].filter(Boolean).join(' ')} » de l’ordre du jour : le texte n’en parle pas.`
}

function pointsOf({ node, pos, points, passages, actions, votes }, next, facts) {
  const known = new Map((facts.actions ?? []).map(action => [action.id, action]))
  const withoutOwner = actions.filter(({ id, owner }) => !(known.get(id)?.owner ?? owner).trim())
  const found = [
    ...emptyPassages(passages, next),
    ...points,
    ...withoutOwner.map(({ id, title, at }) => ({ kind: 'owner', text: `Action sans responsable : « ${shortened(known.get(id)?.title ?? title)} ».`, at })),
    ...(votes.length && mayNotDecide(facts) ? [{ kind: 'quorum', text: 'Des votes sont imprimés alors que le quorum n’est pas atteint.', at: votes[0] }] : []),
  ]
  return found.sort((one, other) => one.at - other.at).map(({ kind, text, at }) => ({ kind, text, section: node.attrs.id, at: pos + 1 + at }))
}

/** A vote was recorded, and a committee of the meeting may not decide: the act that records votes refuses it too. */
export function mayNotDecide({ votes = [], quorum = [] }) {
  return votes.length > 0 && quorum.some(({ may_decide: may }) => may === false)
}

/** The headings under which nothing is written, unless deeper headings follow; a section that is blank from end to end. */
function emptyPassages(passages, next) {
  return passages.flatMap(({ name, level, blank, at }, index) => {
    const after = passages[index + 1]?.level ?? next?.passages[0]?.level
    if (!blank || (name && level < after)) return []
    return [{ kind: 'empty', text: name ? `Rien n’est écrit sous « ${shortened(name)} ».` : 'Une section sans titre est vide.', at }]
  })
}

function readSection(section) {
  if (!read.has(section)) read.set(section, reading(section))
  return read.get(section)
}

function reading(section) {
  const found = { headings: [], openings: [], points: [], passages: [], actions: [], votes: [] }
  section.forEach((block, offset) => {
    if (block.type.name === 'heading') found.passages.push(passage(block, offset))
    else if (!found.passages.length) found.passages.push({ name: '', level: 0, blank: isBlank(block), at: offset })
    else found.passages.at(-1).blank &&= isBlank(block) || (found.passages.at(-1).level > 0 && BETWEEN.has(block.type.name))
    readBlock(block, offset, found)
  })
  const { passages } = found
  found.passages = passages.filter(({ level }) => level || passages.length === 1)
  return found
}

function passage({ attrs: { label, level }, textContent }, at) {
  return { name: [label, textContent].map(text => text.trim()).filter(Boolean).join(' '), level, blank: true, at }
}

function readBlock(block, at, found) {
  const { name } = block.type
  found.points.push(...toFill(block).map(line => ({ kind: 'to_fill', text: `Reste à remplir : « ${shortened(line)} ».`, at })))
  if (name === 'heading') found.headings.push({ label: words(block.attrs.label), text: words(block.textContent) })
  else if (name === 'votes') found.votes.push(at)
  else if (name === 'action') found.actions.push({ id: block.attrs.id, title: block.attrs.title, owner: block.attrs.owner, at })
  else if (name === 'exchange') found.points.push(...unanswered(block, at))
  else if (block.isTextblock) found.openings.push(words(block.textContent.slice(0, LONGEST_TITLE)))
  if (name === 'exchange') found.openings.push(words(block.attrs.opening))
}

/** The lines of a block where something was left to write. */
function toFill(node) {
  if (node.isTextblock) {
    const line = node.textBetween(0, node.content.size, ' ', ({ type }) => (type.name === 'hard_break' ? ' ' : '')).trim()
    return TO_FILL.test(line) ? [line] : []
  }
  const lines = []
  node.forEach(child => lines.push(...toFill(child)))
  return lines
}

/** The remarks no answer of the exchange answers; a satisfaction asks for none, an answer without text is none. */
function unanswered(exchange, at) {
  const answers = answersOf(exchange).filter(answer => !isBlank(answer))
  const toAll = answers.some(({ attrs }) => !attrs.answers.length)
  const answered = new Set(answers.flatMap(({ attrs }) => attrs.answers))
  const found = []
  exchange.forEach((turn, offset) => {
    if (turn.type.name !== 'remark' || toAll || turn.attrs.kind === NEEDS_NO_ANSWER) return
    if (answered.has(turn.attrs.id)) return
    const noun = NOUNS[turn.attrs.kind] ?? 'Observation'
    const said = shortened(turn.textContent.trim())
    found.push({ kind: 'unanswered', text: `${noun} sans réponse : ${said ? `« ${said} »` : 'sans texte'}.`, at: at + 1 + offset })
  })
  return remarksOf(exchange).length ? found : []
}

/** Nothing to be read: no text, no speaker. What the meeting fills and the room for a signature are something. */
function isBlank(node) {
  if (node.isText) return !node.text.trim()
  if (node.type.name === 'signature_block' || BETWEEN.has(node.type.name) || (node.isAtom && !node.isInline)) return false
  if (SPOKEN.some(name => node.attrs[name]?.trim())) return false
  let blank = true
  node.forEach(child => (blank &&= isBlank(child)))
  return blank
}

import { Fragment } from '@tiptap/pm/model'
import { uuid } from './dom.js'
import { compareWords } from './word-marks.js'

/** The section node of the server's JSON, checked; a section or a signature without content gets an empty line to type in. */
export function readSection(schema, json) {
  const node = schema.nodeFromJSON(json)
  node.check()
  return roomToType(node)
}

/** The document and the sections by id, as the server holds them. */
export function readDocument(schema, data) {
  const sections = new Map(data.sections.map(({ id, version, content }) => [id, { version, node: readSection(schema, content) }]))
  const nodes = data.order.ids.filter(id => sections.has(id)).map(id => sections.get(id).node)
  const doc = schema.topNodeType.create(null, nodes.length ? nodes : [newSection(schema)])
  return { doc, sections, order: data.order }
}

export function newSection(schema) {
  const { section, heading, paragraph } = schema.nodes
  return section.create({ id: uuid() }, [heading.create(), paragraph.create()])
}

/** The sections of a document by id, in their order. */
export function sectionsOf(doc) {
  const sections = new Map()
  doc.forEach(node => sections.set(node.attrs.id, node))
  return sections
}

/** Where the section of this id starts and ends in the document, or null. */
export function findSection(doc, id) {
  let found = null
  doc.forEach((node, pos, index) => {
    if (node.attrs.id === id) found = { node, pos, index, end: pos + node.nodeSize }
  })
  return found
}

export function roomToType(section) {
  const { paragraph, signature_block: block, signature_line: line } = section.type.schema.nodes
  if (!section.childCount) return section.copy(Fragment.from(paragraph.create()))
  const children = []
  section.forEach(child => children.push(child.type === block && !child.childCount ? child.copy(Fragment.from(line.create())) : child))
  return section.copy(Fragment.from(children))
}

/** One section with the blocks of both, each once: where they part, theirs then mine. */
export function bothContents(theirs, mine) {
  const [ours, others] = [mine, theirs].map(({ content }) => content.content)
  const { added } = compareWords(ours.map(asWord), others.map(asWord))
  const blocks = []
  let next = 0
  others.forEach((block, index) => {
    if (!added.has(index)) {
      while (!ours[next].eq(block)) blocks.push(ours[next++])
      next++
    }
    blocks.push(block)
  })
  return theirs.copy(Fragment.from([...blocks, ...ours.slice(next)]))
}

function asWord(block) {
  return JSON.stringify(block)
}

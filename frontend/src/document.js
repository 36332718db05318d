import { Fragment } from '@tiptap/pm/model'
import { uuid } from './dom.js'

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

/** `theirs` followed by `mine` in one section. */
export function bothContents(theirs, mine) {
  return theirs.copy(theirs.content.append(mine.content))
}

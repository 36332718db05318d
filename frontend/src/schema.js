import { Extension, Mark, Node } from '@tiptap/core'
import definition from '../../committees/minutes/tree/nodes.json'
import { markShapes, nodeShapes } from './shapes.js'

export const limits = definition.limits

const TABLE_ROLES = { table: 'table', table_row: 'row', table_cell: 'cell', table_header: 'header_cell' }
const OPTIONS = {
  paragraph: { priority: 1000 },
  section: { isolating: true, defining: true },
  heading: { defining: true },
  list_item: { defining: true },
  table: { isolating: true },
  table_cell: { isolating: true },
  table_header: { isolating: true },
  signature_block: { isolating: true, defining: true },
  exchange: { isolating: true, defining: true },
  remark: { isolating: true, defining: true },
  answer: { isolating: true, defining: true },
  quotation: { defining: true },
  separator: { defining: true },
  footnote: { draggable: false },
  hard_break: { selectable: false },
  link: { inclusive: false },
}

/** The Tiptap extensions for each node and mark of nodes.json; names, attributes, defaults and content come from there alone. */
export function schemaExtensions(nodeViews) {
  const nodes = Object.entries(definition.nodes).map(([name, spec]) => nodeExtension(name, spec, nodeViews[name]))
  const marks = Object.entries(definition.marks).map(([name, spec]) => markExtension(name, spec))
  const doc = Node.create({ name: 'doc', topNode: true, content: `${definition.top}+` })
  return [doc, ...nodes, ...marks, tableRoles]
}

function nodeExtension(name, spec, nodeView) {
  const shape = nodeShapes[name] ?? {}
  return Node.create({
    name,
    ...(spec.group && { group: spec.group }),
    ...(spec.content && { content: spec.content }),
    ...(spec.marks !== undefined && { marks: spec.marks }),
    ...(spec.group === 'inline' && { inline: true }),
    ...((spec.fact || spec.atom) && { atom: true, draggable: true }),
    ...OPTIONS[name],
    addAttributes: () => attributes(spec.attrs),
    ...(shape.parse && { parseHTML: () => shape.parse }),
    ...(shape.draw && { renderHTML: ({ node }) => shape.draw(node) }),
    ...(nodeView && { addNodeView: () => nodeView }),
  })
}

function markExtension(name, spec) {
  return Mark.create({
    name,
    ...OPTIONS[name],
    addAttributes: () => attributes(spec.attrs),
    parseHTML: () => markShapes[name].parse,
    renderHTML: ({ mark }) => markShapes[name].draw(mark),
  })
}

/** What is read from a pasted element is said by the rules of shapes.js, so each attribute reads nothing by itself. */
function attributes(specs = {}) {
  return Object.fromEntries(
    Object.entries(specs).map(([name, spec]) => [
      name,
      { ...(spec.type === 'href' ? {} : { default: spec.default ?? null }), rendered: false, parseHTML: () => null },
    ]),
  )
}

const tableRoles = Extension.create({
  name: 'table_roles',
  extendNodeSchema: ({ name }) => (TABLE_ROLES[name] ? { tableRole: TABLE_ROLES[name] } : {}),
})

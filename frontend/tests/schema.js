import { Schema } from '@tiptap/pm/model'
import { readFileSync } from 'node:fs'

const read = path => JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'))
const attributes = (specs = {}) => Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, { default: spec.default ?? null }]))

/** The schema of nodes.json without a browser: what is drawn is not there. */
export function minutesSchema() {
  const definition = read('../../committees/minutes/tree/nodes.json')
  const nodes = Object.entries(definition.nodes).map(([name, { group, content, marks, attrs, atom, fact }]) => [
    name, { ...(group && { group }), ...(content && { content }), ...(marks !== undefined && { marks }), attrs: attributes(attrs), atom: Boolean(atom || fact), inline: group === 'inline' },
  ])
  const marks = Object.entries(definition.marks).map(([name, { attrs }]) => [name, { attrs: attributes(attrs) }])
  return new Schema({ nodes: { doc: { content: `${definition.top}+` }, ...Object.fromEntries(nodes) }, marks: Object.fromEntries(marks) })
}

/** A table shared with the tests of the server. */
export function cases(name) {
  return read(`../../committees/minutes/tests/${name}.json`)
}

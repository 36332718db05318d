import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lineAt, outline } from '../src/outline.js'
import { minutesSchema } from './schema.js'

const schema = minutesSchema()
const { section, heading, paragraph, signature_block: block, signature_line: line, agenda } = schema.nodes
const say = text => (text ? schema.text(text) : null)
const doc = schema.topNodeType.create(null, [
  section.create({ id: 'a' }, [paragraph.create(null, say('Le comité se réunit.'))]),
  section.create({ id: 'b' }, [paragraph.create(), heading.create({ label: 'I/', level: 1 }, say('Délais')), paragraph.create(), heading.create({ level: 2 }, say('Guichet'))]),
  section.create({ id: 'c' }, [heading.create()]),
  section.create({ id: 'd' }, [agenda.create()]),
  section.create({ id: 'e' }, [paragraph.create()]),
  section.create({ id: 'f' }, [block.create(null, [line.create(null, say('La préfète')), line.create(null, say('Mme A'))])]),
])
const lines = outline(doc)

test('headings with their labels and levels; a section without any by its first words or what fills it', () => {
  assert.deepEqual(lines.map(({ name, level, section: id }) => [name, level, id]), [
    ['Le comité se réunit.', 1, 'a'], ['I/ Délais', 1, 'b'], ['Guichet', 2, 'b'], ['Titre vide', 1, 'c'], ['[Ordre du jour]', 1, 'd'], ['Section sans titre', 1, 'e'], ['Signature', 1, 'f'],
  ])
})

test('the line of the cursor is the last heading before it, or the first of its section', () => {
  const names = place => lineAt(lines, place, 'b').name
  const [first, second] = lines.filter(({ section: id }) => id === 'b').map(({ at }) => at)
  assert.deepEqual([names(first - 2), names(first), names(second - 1), names(second)], ['I/ Délais', 'I/ Délais', 'I/ Délais', 'Guichet'])
  assert.equal(lineAt([], 3, 'b'), null)
})

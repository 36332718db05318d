import assert from 'node:assert/strict'
import { test } from 'node:test'
import { uncited } from '../src/agenda-cited.js'
import { remaining } from '../src/remaining.js'
import { cases, minutesSchema } from './schema.js'

const schema = minutesSchema()

for (const { case: name, sections, facts, points } of cases('remaining_cases')) {
  test(`remaining: ${name}`, () => {
    const doc = schema.nodeFromJSON({ type: 'doc', content: sections })
    assert.deepEqual(remaining(doc, facts).map(({ kind, text, section }) => [kind, text, section]), points)
  })
}

for (const { case: name, agenda, headings, openings, left } of cases('agenda_cited_cases')) {
  test(`uncited: ${name}`, () => {
    const found = uncited(agenda, headings.map(([label, text]) => ({ label, text })), openings)
    assert.deepEqual(found.map(({ title }) => title), left)
  })
}

test('a point says where it is in the document', () => {
  const [{ sections, facts }] = cases('remaining_cases').filter(({ case: name }) => name === 'in the order of the text')
  const doc = schema.nodeFromJSON({ type: 'doc', content: sections })
  const kinds = remaining(doc, facts).map(({ at }) => doc.nodeAt(at).type.name)
  assert.deepEqual(kinds, ['heading', 'remark', 'remark', 'heading'])
})

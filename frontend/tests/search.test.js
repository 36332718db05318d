import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EditorState } from '@tiptap/pm/state'
import { occurrences } from '../src/folding.js'
import { countText, matches, nearest, replace } from '../src/search.js'
import { minutesSchema } from './schema.js'

const FOUND = [
  ['Été, été, ETE', 'ete', {}, ['Été', 'été', 'ETE']],
  ['Été, été, ETE', 'ete', { matchCase: true }, ['été']],
  ['Été, été, ETE', 'été', { matchAccents: true }, ['Été', 'été']],
  ['Été, été, ETE', 'été', { matchCase: true, matchAccents: true }, ['été']],
  ['E\u0301te\u0301 fini', 'été', {}, ['E\u0301te\u0301']],
  ['le cœur, le coeur', 'coeur', {}, ['cœur', 'coeur']],
  ['le cœur', 'co', {}, ['cœ']],
  ['le cœur', 'coeur', { matchAccents: true }, []],
  ['Objet\u00a0: un', 'objet : un', {}, ['Objet\u00a0: un']],
  ['l’accueil, l\'accueil', "l'accueil", { matchAccents: true }, ['l’accueil', "l'accueil"]],
  ['aaa', 'aa', {}, ['aa']],
  ['a.c abc', 'a.c', {}, ['a.c']],
  ['un', '', {}, []],
  ['un', 'une', {}, []],
  ['😀 un 😀', 'un', {}, ['un']],
]

for (const [text, query, options, found] of FOUND) {
  test(`« ${query} » in « ${text} » ${Object.keys(options)}`, () => {
    assert.deepEqual(occurrences(text, query, options).map(([from, to]) => text.slice(from, to)), found)
  })
}

const schema = minutesSchema()
const { section, heading, paragraph, hard_break: lineBreak } = schema.nodes
const words = (text, ...marks) => schema.text(text, marks)
const doc = schema.topNodeType.create(null, [
  section.create({ id: 'a' }, [heading.create({ label: 'Point A', level: 1 }, words('Le point')), paragraph.create(null, [words('Un '), words('po', schema.marks.bold.create()), words('int.'), lineBreak.create(), words('point')])]),
  section.create({ id: 'b' }, [paragraph.create(null, words('Autre point.'))]),
])
const fields = ({ type }) => (type === heading ? ['label'] : [])
const found = matches(doc, 'point', {}, fields)

test('in labels and texts, across marks, line breaks and sections, in their order', () => {
  assert.deepEqual(found.map(({ pos, from, to }) => (pos === undefined ? doc.textBetween(from, to) : 'label')), ['label', 'point', 'point', 'point', 'point'])
})

test('all replaced at once, the label too, what is bold staying so', () => {
  const state = EditorState.create({ doc })
  const { tr } = state
  assert.equal(replace(tr, found, 'sujet principal', () => 300), 5)
  assert.equal(tr.doc.firstChild.firstChild.attrs.label, 'sujet principal A')
  assert.equal(tr.doc.textContent, 'Le sujet principalUn sujet principal.sujet principalAutre sujet principal.')
  tr.doc.check()
})

test('a label that would be too long stays', () => {
  const { tr } = EditorState.create({ doc })
  assert.equal(replace(tr, found.slice(0, 1), 'x'.repeat(298), () => 300), 1)
  assert.equal(replace(EditorState.create({ doc }).tr, found.slice(0, 1), 'x'.repeat(299), () => 300), 0)
})

test('replaced by nothing', () => {
  const { tr } = EditorState.create({ doc })
  replace(tr, found.slice(-1), '', () => 300)
  assert.equal(tr.doc.lastChild.textContent, 'Autre .')
})

test('the first match shown is the one at the cursor or after it, else the first', () => {
  assert.deepEqual([0, found[1].from, found[1].from + 1, 9999].map(place => nearest(found, place)), [0, 1, 2, 0])
  assert.equal(nearest([], 0), -1)
})

test('a footnote is found at its place in the line, and replaced', () => {
  const { footnote } = schema.nodes
  const noted = schema.topNodeType.create(null, [section.create({ id: 'a' }, [paragraph.create(null, [words('Un point'), footnote.create({ text: 'le point' }), words(', point.')])])])
  const hits = matches(noted, 'point', {}, ({ type }) => (type === footnote ? ['text'] : []))
  assert.deepEqual(hits.map(({ attribute }) => attribute), [undefined, 'text', undefined])
  const { tr } = EditorState.create({ doc: noted })
  assert.equal(replace(tr, hits, 'sujet', () => 300), 3)
  assert.deepEqual([tr.doc.textContent, tr.doc.firstChild.firstChild.child(1).attrs.text], ['Un sujet, sujet.', 'le sujet'])
})

test('how many are said', () => {
  assert.deepEqual([countText(-1, 0), countText(0, 1), countText(2, 12)], ['Aucun résultat', '1 sur 1', '3 sur 12'])
})

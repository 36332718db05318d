import assert from 'node:assert/strict'
import { test } from 'node:test'
import { kind, nestedMarker, nextMarker, otherKind, PROPOSED } from '../src/markers.js'

const NEXT = [
  ['–', '–'], ['➔', '➔'], ['✓', '✓'], ['', ''], ['1.', '2.'], ['9)', '10)'], ['1°)', '2°)'], ['1 –', '2 –'], ['2.1.', '2.2.'],
  ['a)', 'b)'], ['A.', 'B.'], ['z)', 'z)'], ['I/', 'II/'], ['III/', 'IV/'], ['VIII/', 'IX/'], ['i)', 'ii)'], ['Action 3', 'Action 4'],
]

test('the next marker is the same glyph, or the next number or letter', () => {
  assert.deepEqual(NEXT.map(([marker]) => [marker, nextMarker(marker, first(marker))]), NEXT)
})

function first(marker) {
  return kind(marker)
}

const DASH_TO_CHECK = ['–', '➔', '✓', '1.', '1)', 'a)', 'I/', '1°)', '1 –']

test('every marker of the seeds is proposed, and followed in its series', () => {
  assert.deepEqual([...PROPOSED].sort(), [...DASH_TO_CHECK].sort())
  assert.deepEqual(PROPOSED.map(marker => nextMarker(nextMarker(marker, marker), marker)), ['–', '➔', '✓', '3.', '3)', 'c)', 'III/', '3°)', '3 –'])
})

test('a letter that looks roman follows the list it is in', () => {
  assert.equal(nextMarker('I)', 'A)'), 'J)')
  assert.equal(nextMarker('I)', 'I)'), 'II)')
})

test('the button goes through every proposal and comes back', () => {
  let marker = PROPOSED[0]
  const seen = PROPOSED.map(() => (marker = otherKind(marker)))
  assert.deepEqual(seen, [...PROPOSED.slice(1), PROPOSED[0]])
  assert.equal(otherKind('7.'), '1)')
  assert.equal(otherKind('★'), '–')
})

test('an inner list starts a series of its own', () => {
  assert.deepEqual(['1.', 'I/', 'a)', '➔'].map(nestedMarker), ['a)', 'a)', '–', '➔'])
})

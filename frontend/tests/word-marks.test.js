import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareWords } from '../src/word-marks.js'

const words = text => text.match(/\s+|\S+/g) ?? []

for (const [name, before, after, added, removed] of [
  ['nothing changed', 'a b c', 'a b c', [], []],
  ['a word added at the end', 'a b', 'a b c', [' ', 'c'], []],
  ['a word lost in the middle', 'a b c', 'a c', [], ['b']],
  ['a word replaced', 'a b c', 'a x c', ['x'], ['b']],
  ['everything lost', 'a', '', [], ['a']],
  ['everything new', '', 'a', ['a'], []],
  ['a word moved', 'x a b', 'a b x', [' ', 'x'], ['x']],
]) {
  test(`compareWords: ${name}`, () => {
    const after_ = words(after)
    const found = compareWords(words(before), after_)
    assert.deepEqual([...found.added].map(index => after_[index]), added)
    assert.deepEqual(found.removed.map(({ words }) => words), removed)
  })
}

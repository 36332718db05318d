import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asks, itemsBySign, proposed, queryOf, SHOWN } from '../src/suggestions.js'

const ASKED = [
  ['', '/', true], [' ', '/', true], ['\u00a0', '@', true], ['(', '@', true], ['t', '/', false], ['m', '@', false], ['.', '@', false], ['/', '/', false], [' ', 'a', false],
]

test('a sign asks at the start of a word only', () => {
  assert.deepEqual(ASKED.map(([before, typed]) => [before, typed, asks(before, typed)]), ASKED)
})

const QUERIES = [
  ['/', '/', ''], ['/clo', '/', 'clo'], ['@mme le', '@', 'mme le'], ['@mme ', '@', 'mme '], ['/ ', '/', null], ['/a  ', '/', null], ['x', '/', null],
  [`/${'x'.repeat(60)}`, '/', 'x'.repeat(60)], [`/${'x'.repeat(61)}`, '/', null],
]

test('what is looked for, until it is no search any more', () => {
  assert.deepEqual(QUERIES.map(([text, sign]) => [text, sign, queryOf(text, sign)]), QUERIES)
})

const item = (name, about = '') => ({ name, about, text: name })

test('each word begins a word, accents aside, the name before the rest', () => {
  const items = [item('Ouverture', 'La clôture suit'), item('Clôture'), item('Reclôture')]
  const names = query => proposed(items, query).map(({ name }) => name)
  assert.deepEqual([names('clo'), names('CLÔ su'), names(''), names('ture')], [['Clôture', 'Ouverture'], ['Ouverture'], ['Ouverture', 'Clôture', 'Reclôture'], []])
})

test('no more than can be looked through', () => {
  assert.equal(proposed(Array.from({ length: SHOWN + 1 }, (_, index) => item(`n ${index}`)), '').length, SHOWN)
})

test('a name printed and known comes once', () => {
  const { '@': names, '/': sentences } = itemsBySign({ names: [{ text: 'M. A', about: 'siège' }] }, { attendance: [{ lines: ['M. A', 'M. B'] }] })
  assert.deepEqual([names.map(({ text }) => text), sentences], [['M. A', 'M. B'], []])
})

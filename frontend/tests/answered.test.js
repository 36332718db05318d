import assert from 'node:assert/strict'
import { test } from 'node:test'
import { answered, answersTitle, named, showsMentions } from '../src/answered.js'

const turn = (name, attrs) => ({ type: { name }, attrs })
const remark = (id, kind = 'observation') => turn('remark', { id, kind })
const answer = (...answers) => turn('answer', { answers })
const exchange = (...turns) => ({ content: { content: turns } })
const said = (remarks, ...ids) => answered(exchange(...remarks, answer(...ids)), answer(...ids))

test('an answer says what it answers, in the words of the PDF', () => {
  const three = [remark('a'), remark('b'), remark('c')]
  assert.equal(said(three, 'b'), 'sur la 2e observation')
  assert.equal(said(three, 'c', 'a'), 'sur les 1re et 3e observations')
  assert.equal(said(three), 'sur l’ensemble des observations')
  assert.equal(said(three, 'a', 'b', 'c'), 'sur l’ensemble des observations')
  assert.equal(said([remark('a')]), 'sur cette observation')
})

test('remarks all of one kind are called by it', () => {
  assert.equal(said([remark('a', 'question'), remark('b', 'question')], 'a'), 'sur la 1re question')
  assert.equal(said([remark('a', 'question'), remark('b')], 'a'), 'sur la 1re observation')
  assert.equal(said([remark('a', 'malfunction'), remark('b', 'malfunction')], 'a'), 'sur la 1re observation')
})

test('the title of the answers agrees with their number', () => {
  assert.equal(answersTitle(exchange(remark('a'), answer())), 'Réponse apportée')
  assert.equal(answersTitle(exchange(remark('a'), answer(), answer())), 'Réponses apportées')
})

test('what is answered is printed unless the exchange hides it', () => {
  assert.equal(showsMentions({ attrs: { mentions: 'shown' } }), true)
  assert.equal(showsMentions({ attrs: { mentions: 'hidden' } }), false)
  assert.equal(showsMentions({ attrs: {} }), true)
})

test('a colon follows who speaks, unless the text goes on', () => {
  const said = [
    ['Mme A', '', 'Les délais', 'Mme A :'], ['Mme A', '', 'émet un avis', 'Mme A'], ['Mme A,', '', 'Les délais', 'Mme A,'],
    ['Mme A -', '', 'Les délais', 'Mme A -'], ['Mme A (maire)', '', 'Les délais', 'Mme A (maire) :'], ['', '', 'les délais', ''],
    ['Mme A -', 'sur cette question', 'oui', 'Mme A, sur cette question :'], ['', 'sur cette question', 'oui', 'sur cette question :'],
  ]
  for (const [speaker, about, text, expected] of said) assert.equal(named(speaker, about, text), expected)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isColour, lostText } from '../src/paste-report.js'

const SAID = [
  [{}, ''], [{ image: 0 }, ''],
  [{ image: 1 }, '1 image n’a pas été reprise.'], [{ image: 2 }, '2 images n’ont pas été reprises.'],
  [{ image: 1, colour: 2 }, '1 image et 2 couleurs n’ont pas été reprises.'], [{ link: 1 }, '1 lien n’a pas été repris.'],
  [{ link: 2 }, '2 liens n’ont pas été repris.'], [{ colour: 1, underline: 1 }, '1 couleur et 1 soulignement n’ont pas été repris.'],
  [{ field: 3, image: 1, comment: 1 }, '1 image, 1 commentaire et 3 champs de formulaire n’ont pas été repris.'],
]

test('what could not be kept is said, in its number and gender', () => {
  assert.deepEqual(SAID.map(([counts]) => [counts, lostText(counts)]), SAID)
})

const COLOURS = [
  ['red', true], ['#C00000', true], ['#c00', true], ['rgb(0, 0, 145)', true], ['rgba(255,0,0,.5)', true], ['hsl(10 50% 50%)', true], ['yellow', true],
  ['', false], ['black', false], ['#000', false], ['#000000', false], ['white', false], ['rgb(33, 37, 41)', false], ['#3a3a3a', false], ['gray', false], ['darkgrey', false],
  ['transparent', false], ['rgba(255, 0, 0, 0)', false], ['#ff000000', false], ['inherit', false], ['windowtext', false], ['auto', false], ['var(--x)', false],
  ['rgb(100,100,124)', false], ['rgb(100,100,125)', true], ['red !important', true],
]

test('black, white, greys and what is left to the browser are no colours', () => {
  assert.deepEqual(COLOURS.map(([value]) => [value, isColour(value)]), COLOURS)
})

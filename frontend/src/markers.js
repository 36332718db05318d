/** The markers the button goes through; any other text may be typed (documents.md §1.6, line 6). */
export const PROPOSED = ['–', '➔', '✓', '1.', '1)', 'a)', 'I/', '1°)', '1 –']

const ROMAN = [[10, 'X'], [9, 'IX'], [5, 'V'], [4, 'IV'], [1, 'I']]
const NUMBER = /^(.*?)(\d+)(\D*)$/
const ROMAN_MARKER = /^([IVX]+|[ivx]+)(\s?[./)–°]+)$/
const LETTER_MARKER = /^([A-Za-z])(\s?[./)–°]+)$/

/**
 * The marker proposed to the item that follows `marker`: the same glyph, or the next number or letter.
 * `first`, the first marker of the list, tells the roman I/ from the letter after H/.
 */
export function nextMarker(marker, first = marker) {
  const number = NUMBER.exec(marker)
  if (number) return number[1] + (Number(number[2]) + 1) + number[3]
  const roman = ROMAN_MARKER.exec(marker)
  if (roman && startsRoman(first)) return sameCase(toRoman(fromRoman(roman[1]) + 1), roman[1]) + roman[2]
  const letter = LETTER_MARKER.exec(marker)
  if (letter && !/z/i.test(letter[1])) return String.fromCharCode(letter[1].charCodeAt(0) + 1) + letter[2]
  return marker
}

/** The marker proposed to the first item of a list inside an item marked `marker`. */
export function nestedMarker(marker) {
  if (NUMBER.test(marker) || startsRoman(marker)) return 'a)'
  return LETTER_MARKER.test(marker) ? '–' : marker
}

/** The proposal that follows the kind of `marker`; the first one after a marker of the référent's own. */
export function otherKind(marker) {
  return PROPOSED[(PROPOSED.indexOf(kind(marker)) + 1) % PROPOSED.length]
}

/** The first marker of the series `marker` belongs to: 1. for 12., a) for c), I/ for IV/, ➔ for ➔. */
export function kind(marker) {
  const number = /^\d+(\D*)$/.exec(marker)
  if (number) return '1' + number[1]
  const roman = ROMAN_MARKER.exec(marker)
  if (roman) return sameCase('I', roman[1]) + roman[2]
  const letter = LETTER_MARKER.exec(marker)
  return letter ? sameCase('A', letter[1]) + letter[2] : marker
}

function startsRoman(marker) {
  return /^[Ii]/.test(marker) && ROMAN_MARKER.test(marker)
}

function toRoman(number) {
  let text = ''
  for (const [value, letters] of ROMAN) for (; number >= value; number -= value) text += letters
  return text
}

function fromRoman(text) {
  const values = { I: 1, V: 5, X: 10 }
  const digits = Array.from(text.toUpperCase(), letter => values[letter])
  return digits.reduce((sum, value, index) => sum + (value < digits[index + 1] ? -value : value), 0)
}

function sameCase(text, model) {
  return model === model.toLowerCase() ? text.toLowerCase() : text
}

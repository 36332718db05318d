import { words } from './folding.js'

/**
 * The items of the agenda that the text does not cite. An item is cited where a heading bears its label, a heading says
 * its title, or a paragraph begins by it; a label that two items bear says neither.
 * In the words of committees/minutes/tree/agenda_cited.py.
 */
export function uncited(agenda, headings, openings) {
  return left(agenda, headings.map(({ label, text }) => ({ label: words(label), text: words(text) })), openings.map(words))
}

/** The same, of the words of headings and paragraphs. */
export function left(agenda, headings, openings) {
  const labels = new Set(headings.map(({ label }) => label).filter(Boolean))
  const titles = headings.map(({ text }) => ` ${text} `)
  const borne = agenda.map(({ label }) => words(label ?? ''))
  return agenda.filter(({ title }, index) => {
    const label = borne[index]
    const named = words(title)
    const isItsOwn = label && borne.indexOf(label) === borne.lastIndexOf(label)
    if (isItsOwn && labels.has(label)) return false
    return !named || !(titles.some(text => text.includes(` ${named} `)) || openings.some(text => `${text} `.startsWith(`${named} `)))
  })
}

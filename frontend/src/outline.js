import { plainText, shortened } from './text.js'

const read = new WeakMap()

/** The headings of the text, in their order: [{name, level, section, at}]; a section without any stands by its first words. */
export function outline(doc) {
  const lines = []
  doc.forEach((section, pos) => lines.push(...linesOf(section).map(line => ({ ...line, section: section.attrs.id, at: pos + 1 + line.at }))))
  return lines
}

function linesOf(section) {
  if (!read.has(section)) read.set(section, reading(section))
  return read.get(section)
}

function reading(section) {
  const lines = []
  section.forEach(({ type, attrs, textContent }, at) => {
    if (type.name === 'heading') lines.push({ name: shortened([attrs.label, textContent].map(text => text.trim()).filter(Boolean).join(' ')) || 'Titre vide', level: attrs.level, at })
  })
  return lines.length ? lines : [{ name: nameless(section), level: 1, at: 0 }]
}

/** A section without a heading: its first words, or what fills it. */
function nameless({ firstChild }) {
  if (firstChild?.type.name === 'signature_block') return 'Signature'
  return shortened(firstChild ? plainText(firstChild).trim().split('\n')[0] : '') || 'Section sans titre'
}

/** The line that holds a place of the document: the last one before it, or the first of its section. */
export function lineAt(lines, place, section) {
  const own = lines.filter(line => line.section === section)
  return own.findLast(({ at }) => at <= place) ?? own[0] ?? null
}

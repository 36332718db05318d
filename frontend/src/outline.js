import { sectionName, shortened } from './text.js'

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
  return lines.length ? lines : [{ name: sectionName(section).replace(/^« | »$/g, '').replace(/^s/, 'S'), level: 1, at: 0 }]
}

/** The line that holds a place of the document: the last one before it, or the first of its section. */
export function lineAt(lines, place, section) {
  const own = lines.filter(line => line.section === section)
  return own.findLast(({ at }) => at <= place) ?? own[0] ?? null
}

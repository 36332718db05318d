/** The footnotes of Word and of LibreOffice, pasted: their text goes where they are called, their list goes away. */
const CALLS = 'a[href^="#_ftn"]:not([href^="#_ftnref"]), a[href^="#_edn"]:not([href^="#_ednref"]), a.sdfootnoteanc, a.sdendnoteanc'
const BACK = 'a[href*="ref"], a.sdfootnotesym, a.sdendnotesym'

export function gatherNotes(dom) {
  const read = []
  for (const call of dom.querySelectorAll(CALLS)) {
    const note = noteOf(dom, call)
    if (!note) continue
    const mark = call.ownerDocument.createElement('span')
    mark.dataset.note = textOf(note)
    call.replaceWith(mark)
    read.push(note)
  }
  for (const note of new Set(read)) note.remove()
}

function noteOf(dom, call) {
  const name = call.getAttribute('href').slice(1).replace(/^_/, '').replace(/sym$/, '')
  return Array.from(dom.querySelectorAll('div[id]')).find(({ id }) => id === name) ?? null
}

function textOf(note) {
  const copy = note.cloneNode(true)
  copy.querySelectorAll(BACK).forEach(link => link.remove())
  return copy.textContent.replace(/\s+/g, ' ').trim()
}

import { sameIds } from './baseline.js'
import { readSection } from './document.js'
import { readCaret } from './places.js'
import { sectionName } from './text.js'

const QUIET_MS = 60_000

/** Brings in what the others saved, section by section: what this page has not changed too enters, the rest is a choice. */
export class Others {
  constructor({ editor, baseline, server, conflicts, autosave, tell }) {
    Object.assign(this, { editor, baseline, server, conflicts, autosave, tell })
    this.said = new Map()
  }

  /** Nothing of this page is on its way: the versions told can be compared with those known here. */
  get isQuiet() {
    const { pending, sending, problem, stopped } = this.autosave
    return !pending && !sending && !stopped && !['conflict', 'session'].includes(problem) && !this.editor.view.composing
  }

  async follow(told) {
    if (this.reading || !this.isQuiet) return
    const { read, removed } = changedThere(told, this.baseline)
    if (!read.length && !removed.length && told.order === this.baseline.order.version) return
    this.reading = true
    const saves = this.autosave.count
    const answer = await this.server.loadSections(read)
    this.reading = false
    if (answer.kind !== 'loaded' || !this.isQuiet || saves !== this.autosave.count) return
    const theirs = this.overlaid(answer.data, removed)
    if (!theirs) return void this.autosave.look()
    readCaret(this.editor.view)
    this.conflicts.told(answer.data.sections)
    this.conflicts.meet(theirs, updates => this.announce(updates, answer.data.sections))
    this.autosave.on.state()
  }

  /** All that the server holds, as far as can be known; null when the list of sections does not agree with their order. */
  overlaid({ order, sections }, removed) {
    const all = new Map(this.baseline.sections)
    for (const { id, version, content } of sections) all.set(id, { version, node: readSection(this.editor.schema, content) })
    for (const id of removed) all.delete(id)
    return sameIds([...order.ids].sort(), [...all.keys()].sort()) ? { sections: all, order } : null
  }

  /** Once a minute for each person and section: who types saves every few seconds. */
  announce(updates, sections) {
    for (const { id, author } of sections.filter(({ id }) => updates.includes(id))) {
      const name = `${author} ${id}`
      if (Date.now() - (this.said.get(name) ?? 0) < QUIET_MS) continue
      this.said.set(name, Date.now())
      this.tell(`${author} a modifié la section ${sectionName(this.baseline.sections.get(id)?.node)} : le texte est à jour.`)
    }
  }
}

/** The sections whose version there is not the one known here, and those that are no longer there. */
export function changedThere({ versions }, baseline) {
  const read = Object.keys(versions).filter(id => (baseline.sections.get(id)?.version ?? 0) < versions[id])
  return { read, removed: [...baseline.sections.keys()].filter(id => !(id in versions)) }
}

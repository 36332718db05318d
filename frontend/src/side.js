import { el } from './dom.js'
import { findSection } from './document.js'
import { lineAt, outline } from './outline.js'
import { remaining } from './remaining.js'
import { Roving } from './roving.js'
import { currentSection } from './sections.js'

const PAUSE_MS = 400
const NARROW = '(max-width: 61.99em)'
const READING = 'Lecture du texte…'
const NOTHING = 'Rien : le texte est prêt à être relu.'

/**
 * Beside the text: its outline, and what remains to look at. Other parts add their own lines by the event
 * `minutes:points`, {source, points: [{kind, text, section or element}]}, which replaces those of the same source.
 */
export class Side {
  constructor({ editor, facts, goTo, back }) {
    Object.assign(this, { editor, facts, goTo, back, others: new Map() })
    this.lines = el('ul', { class: 'mm-side__list', role: 'list' })
    this.points = el('ul', { class: 'mm-side__list', role: 'list' })
    this.count = el('span', {})
    this.none = el('p', { class: 'mm-side__none' })
    this.outlineKeys = new Roving(this.lines)
    this.pointKeys = new Roving(this.points)
    this.dom = this.draw()
    document.addEventListener('minutes:points', ({ detail }) => this.add(detail))
    document.addEventListener('minutes:facts', () => this.changed())
    this.rebuild(() => [])
    this.changed()
  }

  draw() {
    const open = !window.matchMedia(NARROW).matches
    this.plan = el('details', { class: 'mm-side__part', open }, el('summary', {}, 'Plan'), el('nav', { 'aria-label': 'Plan du compte-rendu' }, this.lines))
    const left = el('details', { class: 'mm-side__part', open }, el('summary', {}, 'Reste à regarder ', this.count), this.none, this.points)
    return el('aside', { class: 'mm-side', 'aria-label': 'Plan et points à regarder', onkeydown: event => this.leave(event) }, this.plan, left)
  }

  add({ source, points }) {
    this.others.set(source, points)
    this.rebuild()
  }

  /** The text changed: its lines follow at the next pause. */
  changed() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.rebuild(), PAUSE_MS)
  }

  /** The first time the whole text is read: not while it opens. */
  rebuild(left = remaining) {
    const { doc } = this.editor.state
    this.outline = outline(doc)
    const found = [...left(doc, this.facts), ...Array.from(this.others.values()).flat()]
    this.isRead = left === remaining
    const key = JSON.stringify([this.isRead, this.outline.map(({ name, level }) => [name, level]), found.map(({ text }) => text)])
    this.found = found
    if (key !== this.key) this.show()
    this.key = key
    this.refresh()
  }

  show() {
    this.buttons = this.outline.map(({ name, level }, index) =>
      el('button', { type: 'button', class: `mm-side__line mm-side__line--${level}`, onclick: () => this.goTo(this.outline[index].at) }, name),
    )
    this.outlineKeys.fill(this.buttons.map(line => el('li', {}, line)))
    this.pointKeys.fill(this.found.map(({ kind, text }, index) =>
      el('li', {}, el('button', { type: 'button', class: 'mm-side__line', 'data-kind': kind, onclick: () => this.follow(this.found[index]) }, text)),
    ))
    this.none.hidden = this.found.length > 0
    this.none.textContent = this.isRead ? NOTHING : READING
    this.count.textContent = this.isRead ? `(${this.found.length})` : ''
  }

  /** A fact that changed is looked at above the text, the rest in it. */
  follow(point) {
    const element = point.element && document.getElementById(point.element)
    if (!element) return this.goTo(this.placeOf(point))
    element.scrollIntoView({ block: 'center' })
    element.focus()
  }

  /** Where a line leads: its own place, its section, the printed agenda for an item nobody speaks of, or the end. */
  placeOf({ at, section, kind }) {
    const { doc } = this.editor.state
    if (Number.isInteger(at)) return at
    const found = section && findSection(doc, section)
    if (found) return found.pos + 1
    let agenda = null
    if (kind === 'agenda') doc.descendants((node, pos) => ((agenda ??= node.type.name === 'agenda' ? pos : null), !node.isTextblock))
    return agenda ?? doc.content.size - 1
  }

  /** Marks the line of the cursor: called with each movement, so it touches the page only when the line changes. */
  refresh() {
    const { state } = this.editor
    const line = lineAt(this.outline, state.selection.from, currentSection(state)?.node.attrs.id)
    const current = this.buttons[this.outline.indexOf(line)]
    if (current === this.current && current?.hasAttribute('aria-current')) return
    this.current?.removeAttribute('aria-current')
    current?.setAttribute('aria-current', 'true')
    this.current = current
    if (current && !this.lines.contains(document.activeElement)) this.outlineKeys.stopAt(current)
  }

  focus() {
    this.plan.open = true
    this.outlineKeys.focus()
  }

  leave(event) {
    if (event.key !== 'Escape') return
    event.preventDefault()
    this.back()
  }
}

import { el } from './dom.js'
import { styleRule } from './rules.js'
import { LIST_ID, optionId } from './suggest.js'

const NAMES = { '/': 'Phrases types', '@': 'Noms' }
const EMPTY = { '/': 'Aucune phrase type : elles se gèrent dans Préfecture, Phrases types.', '@': 'Aucun nom connu de ce comité.' }

/** The list under the cursor. The text keeps the focus: the mouse chooses without taking it. */
export class SuggestList {
  constructor({ view, choose, tell, stateOf }) {
    Object.assign(this, { view, choose, tell, stateOf })
    this.list = el('ul', { id: LIST_ID, class: 'mm-suggest__list', role: 'listbox' })
    this.none = el('p', { class: 'mm-suggest__none' })
    this.dom = el('div', { class: 'mm-suggest', hidden: true, onmousedown: event => event.preventDefault() }, this.none, this.list)
    this.rule = styleRule('.mm-suggest')
    view.dom.after(this.dom)
  }

  update() {
    const open = this.stateOf()
    if (open === this.shown) return
    const before = this.shown
    this.shown = open
    this.dom.hidden = !open
    if (!open) return
    if (open.found !== before?.found) this.fill(open)
    for (const [index, option] of Array.from(this.list.children).entries()) option.setAttribute('aria-selected', String(index === open.index))
    this.list.children[open.index]?.scrollIntoView({ block: 'nearest' })
    this.place(open)
    this.say(open, before)
  }

  fill({ sign, found, query, source }) {
    this.list.setAttribute('aria-label', NAMES[sign])
    this.list.replaceChildren(...found.map(({ name, about }, index) =>
      el('li', { id: optionId(index), class: 'mm-suggest__option', role: 'option', onclick: () => this.choose(index) },
        el('span', { class: 'mm-suggest__name' }, name), about && about !== name ? el('span', { class: 'mm-suggest__about' }, about) : null),
    ))
    this.list.hidden = !found.length
    this.none.hidden = found.length > 0
    this.none.textContent = source === 'none' ? 'Recherche…' : source === 'lost' ? 'Suggestions indisponibles pour le moment.' : query ? 'Aucune suggestion.' : EMPTY[sign]
  }

  place({ from }) {
    const frame = this.view.dom.parentElement.getBoundingClientRect()
    const at = this.view.coordsAtPos(from)
    const left = Math.min(at.left - frame.left, frame.width - this.dom.offsetWidth)
    this.rule(`left: ${Math.max(left, 0)}px; top: ${at.bottom - frame.top + 4}px`)
  }

  say({ sign, found, source }, before) {
    const key = `${sign}${found.length}${source}`
    if (before && key === this.said) return
    this.said = key
    const count = found.length
    this.tell(count ? `${NAMES[sign]} : ${count} suggestion${count > 1 ? 's' : ''}. Flèches pour choisir, Entrée pour insérer, Échap pour garder « ${sign} ».` : this.none.textContent)
  }

  destroy() {
    this.dom.remove()
  }
}

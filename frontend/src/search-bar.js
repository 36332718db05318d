import { button, el } from './dom.js'
import { writes } from './hands.js'
import { countText, placeOf } from './search.js'
import { endSearch, look, replaceAll, replaceShown, searchState, step } from './search-plugin.js'
import { sectionName } from './text.js'

const LONGEST_TAKEN = 100

/** Find and replace, under the tools: Enter goes on, Maj+Entrée back, Escape gives the text back with what was found. */
export class SearchBar {
  constructor(editor, tell, hands) {
    Object.assign(this, { editor, tell, hands })
    this.query = this.field('Chercher', () => this.look())
    this.replacement = this.field('Remplacer par')
    this.matchCase = this.box('Respecter la casse')
    this.matchAccents = this.box('Respecter les accents')
    this.count = el('p', { class: 'mm-search__count' })
    this.replacing = el('div', { class: 'mm-search__row' }, this.replacement.dom, button('Remplacer', () => this.replace()), button('Tout remplacer', () => this.replaceAll()))
    this.dom = el(
      'div', { class: 'mm-search', role: 'search', 'aria-label': 'Chercher dans le texte', hidden: true, onkeydown: event => this.keys(event) },
      el('div', { class: 'mm-search__row' }, this.query.dom, button('Précédent', () => this.step(-1)), button('Suivant', () => this.step(1)), this.count,
        button('Fermer', () => this.close(), { 'aria-label': 'Fermer la recherche' })),
      this.replacing,
      el('div', { class: 'mm-search__row' }, this.matchCase.dom, this.matchAccents.dom),
    )
  }

  field(label, oninput) {
    const id = `mm-search-${label.slice(0, 1).toLowerCase()}`
    const input = el('input', { id, class: 'fr-input mm-search__input', type: 'text', autocomplete: 'off', spellcheck: 'false', oninput })
    return { input, dom: el('div', { class: 'mm-search__field' }, el('label', { for: id }, label), input) }
  }

  box(label) {
    const id = `mm-search-${label.split(' ').at(-1)}`
    const input = el('input', { id, type: 'checkbox', onchange: () => this.look() })
    return { input, dom: el('div', { class: 'mm-option' }, input, el('label', { for: id }, label)) }
  }

  open(replacing = false) {
    const { state, isEditable } = this.editor
    const { from, to } = state.selection
    const chosen = state.doc.textBetween(from, to, '\n')
    if (this.dom.hidden) this.start = from
    if (chosen && chosen.length <= LONGEST_TAKEN && !chosen.includes('\n')) this.query.input.value = chosen
    this.dom.hidden = false
    this.replacing.hidden = !isEditable || !(replacing || this.replacingSeen)
    this.replacingSeen = !this.replacing.hidden
    this.query.input.focus()
    this.query.input.select()
    this.look(from)
  }

  look(place = this.start) {
    const options = { matchCase: this.matchCase.input.checked, matchAccents: this.matchAccents.input.checked }
    look(this.editor.view, this.query.input.value, options, place)
    this.say()
  }

  step(by) {
    step(this.editor.view, by)
    this.say()
  }

  say(before = '') {
    const { found, index, query } = searchState(this.editor.state)
    this.count.textContent = query ? countText(index, found.length) : ''
    const where = found[index]?.attribute === undefined ? '' : ', dans un libellé'
    if (query || before) this.tell([before, this.count.textContent + where].filter(Boolean).join(' '))
  }

  sectionOf(match) {
    return this.editor.state.doc.resolve(placeOf(match)).node(1)
  }

  /** The sections of these matches that somebody else has in hand. */
  held(matches) {
    return [...new Set(matches.map(match => this.sectionOf(match)))].filter(({ attrs }) => this.hands.closes(attrs.id))
  }

  heldText(held) {
    return held.map(node => ` Section ${sectionName(node)} laissée : ${writes(this.hands.all[node.attrs.id])}.`).join('')
  }

  replace() {
    const { found, index } = searchState(this.editor.state)
    const held = this.held(found.filter((_, rank) => rank === index))
    if (held.length) return this.say(this.heldText(held).trim())
    const count = replaceShown(this.editor.view, this.replacement.input.value)
    return this.say(count ? 'Remplacé.' : searchState(this.editor.state).found.length ? 'Ce libellé serait trop long : non remplacé.' : '')
  }

  replaceAll() {
    const { found } = searchState(this.editor.state)
    const held = this.held(found)
    const open = found.filter(match => !held.includes(this.sectionOf(match)))
    const count = replaceAll(this.editor.view, open, this.replacement.input.value)
    const left = open.length - count
    this.say(`${count} remplacement${count > 1 ? 's' : ''}.${left ? ` ${left} libellé${left > 1 ? 's seraient trop longs' : ' serait trop long'}.` : ''}${this.heldText(held)}${count ? ' Ctrl + Z annule.' : ''}`)
  }

  close() {
    this.dom.hidden = true
    endSearch(this.editor.view)
    this.editor.view.focus()
  }

  keys(event) {
    if (event.isComposing) return
    const inField = event.target === this.query.input || event.target === this.replacement.input
    if (event.key === 'Escape') this.close()
    else if (event.key === 'Enter' && event.target === this.query.input) this.step(event.shiftKey ? -1 : 1)
    else if (event.key === 'Enter' && inField) this.replace()
    else return
    event.preventDefault()
  }

  /** Ctrl+F and Ctrl+H anywhere in the editor; a second Ctrl+F, in the bar, is the browser's. */
  openOnKey(event) {
    const { key, ctrlKey, metaKey, altKey, shiftKey, target } = event
    const wanted = { f: false, h: true }[key.toLowerCase()]
    if (wanted === undefined || !(ctrlKey || metaKey) || altKey || shiftKey || target.closest('dialog')) return
    if (!wanted && this.dom.contains(target)) return
    event.preventDefault()
    this.open(wanted)
  }
}

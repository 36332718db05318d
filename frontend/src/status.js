import { serverHour } from './dates.js'
import { button, el, setAttribute, setHidden } from './dom.js'
import { findSection } from './document.js'
import { sectionName } from './text.js'

/** The indicator: it says « enregistré » for what the server acknowledged, never before. */
export class Status {
  constructor({ autosave, doc, acts }) {
    Object.assign(this, { autosave, doc, acts })
    this.text = el('p', { class: 'mm-status__text' })
    this.live = el('p', { class: 'mm-hidden', role: 'status', 'aria-live': 'polite' })
    this.save = button('Enregistrer maintenant', acts.save, { 'data-act': 'save', 'aria-keyshortcuts': 'Control+S', title: 'Enregistrer maintenant (Ctrl + S)' })
    this.way = button('', () => this.goTo?.(), { hidden: true, 'data-act': 'way' })
    this.alert = el('div', { class: 'mm-alerts' })
    this.noted = el('p', { class: 'mm-status__note' })
    this.notes = el('div', { class: 'mm-status__notes', hidden: true }, this.noted, button('Masquer', () => this.note(''), { 'aria-label': 'Masquer ce message' }))
    this.dom = el('div', { class: 'mm-status' }, this.text, this.way, this.save, this.notes)
    this.said = ''
  }

  refresh() {
    const { state } = this.autosave
    setAttribute(this.dom, 'data-state', state)
    const text = this.sentence(state)
    if (this.text.textContent !== text) this.text.textContent = text
    setHidden(this.save, state === 'frozen')
    this.showWay(state)
    this.showRefusals()
    this.announce(state, text)
  }

  sentence(state) {
    const { savedAt, problem } = this.autosave
    if (state === 'saved') return savedAt ? `Enregistré sur le serveur à ${serverHour(savedAt)}` : 'Texte enregistré sur le serveur'
    if (state === 'saving') return 'Enregistrement en cours…'
    if (state === 'local') return `Gardé sur ce poste seulement${this.why(problem)}`
    if (state === 'conflict') return 'Conflit à résoudre'
    if (state === 'refused') return `Refusé : ${this.autosave.refusals()[0]?.message ?? this.autosave.message}`
    if (state === 'frozen') return 'Lecture seule'
    return `Modifications non enregistrées…${this.why(problem)}`
  }

  why(problem) {
    return { lost: ' (serveur injoignable)', conflict: ' (serveur injoignable)', session: ' (session expirée)' }[problem] ?? ''
  }

  showWay(state) {
    const session = this.autosave.problem === 'session'
    const [label, act] = session ? ['Se reconnecter', this.acts.session] : state === 'conflict' ? ['Voir le conflit', this.acts.conflict] : state === 'frozen' && this.autosave.unsent ? ['Copier mon texte', this.acts.copy] : ['', null]
    setHidden(this.way, !act)
    if (this.way.textContent !== label) this.way.textContent = label
    this.goTo = act
  }

  showRefusals() {
    const refusals = this.autosave.refusals()
    const key = refusals.map(({ id, message }) => id + message).join()
    if (key === this.refusalKey) return
    this.refusalKey = key
    this.acts.refused(refusals.map(({ id }) => id))
    this.alert.replaceChildren(...refusals.map(({ id, message }) => {
      const name = sectionName(findSection(this.doc(), id)?.node)
      return el('div', { class: 'mm-banner mm-banner--error', 'data-refused': id },
        el('p', {}, `Section ${name} non enregistrée : ${message}`), button('Aller à la section', () => this.acts.goTo(id)))
    }))
  }

  /** Says aloud what matters once, politely; the coming and going of each pause is not read out. */
  announce(state, text) {
    if (state === 'dirty' || state === 'saving' || text === this.said) return
    this.said = text
    this.tell(text)
  }

  /** What stays in sight until it is put away or another note comes; '' puts it away. */
  note(text) {
    this.noted.textContent = text
    this.notes.hidden = !text
    if (text) this.tell(text)
  }

  tell(text) {
    this.live.textContent = text
  }
}

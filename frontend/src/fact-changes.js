import { button, el } from './dom.js'

const TITLE = 'Des faits ont changé'
const ABOUT = 'Le compte-rendu imprime les valeurs reprises jusqu’ici. Rien ne change dans le texte tant que vous n’avez pas choisi.'
const NOTHING = 'Rien'
const LOST = 'Le serveur n’a pas répondu : rien n’a changé. Recommencez dans un instant.'
const TOLD = { prendre: 'Nouvelle valeur reprise.', garder: 'Valeur gardée.' }

/** The changes of the facts since the minutes took them, both values side by side, each taken or kept as it was. */
export class FactChanges {
  constructor({ server, editor, tell, loaded, session, changes }) {
    Object.assign(this, { server, editor, tell, loaded, session })
    this.title = el('h2', { class: 'mm-conflict__title', id: 'mm-changes-title', tabindex: '-1' })
    this.list = el('div')
    this.dom = el('section', { class: 'mm-changes', 'aria-labelledby': 'mm-changes-title', hidden: true }, this.title, el('p', {}, ABOUT), this.list)
    this.take(changes)
    if (!changes) this.ask()
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.ask())
  }

  /** Another tab, or somebody else, may have changed the meeting meanwhile. */
  async ask() {
    if (!this.editor.isEditable) return
    const answer = await this.server.facts()
    if (answer.kind === 'answered') this.loaded(answer.data)
  }

  take(changes = []) {
    const seen = JSON.stringify(changes)
    if (seen === this.seen) return
    const first = this.seen === undefined
    this.seen = seen
    this.changes = changes
    this.draw()
    document.dispatchEvent(new CustomEvent('minutes:points', { detail: this.points }))
    if (!first && this.waiting.length) this.tell(this.counted())
  }

  /** What remains to look at, for the list beside the text: it leads to these changes. */
  get points() {
    const points = this.waiting.map(({ label, new: now, former }) => ({ kind: 'change', text: `${label} : ce fait a changé (« ${now[0] ?? former[0] ?? ''} »).`, element: 'mm-changes-title' }))
    return { source: 'facts', points }
  }

  get waiting() {
    return this.changes.filter(({ kept }) => !kept)
  }

  counted() {
    const { length } = this.waiting
    return length > 1 ? `${length} faits ont changé` : length ? 'Un fait a changé' : 'Faits gardés comme ils étaient'
  }

  draw() {
    const { waiting } = this
    const kept = this.changes.filter(({ kept: isKept }) => isKept)
    this.dom.hidden = !this.changes.length || !this.editor.isEditable
    this.title.textContent = waiting.length ? this.counted() : TITLE
    this.dom.classList.toggle('mm-changes--quiet', !waiting.length)
    const all = waiting.length > 1 ? [el('div', { class: 'mm-case__choices' }, button('Reprendre toutes les nouvelles valeurs', () => this.choose('prendre', waiting), { 'data-choice': 'all' }))] : []
    const former = kept.length
      ? [el('details', { class: 'mm-case' }, el('summary', {}, `Gardés comme ils étaient (${kept.length})`), kept.map(change => this.card(change)))]
      : []
    this.list.replaceChildren(...waiting.map(change => this.card(change)), ...all, ...former)
  }

  card(change) {
    const { key, label, former, new: now, kept } = change
    const about = `${label} : ${(now[0] ?? former[0] ?? '').slice(0, 80)}`
    return el(
      'article', { class: 'mm-case', 'data-change': key },
      el('h3', { class: 'mm-case__title' }, `${label} : ce fait a changé`),
      el('div', { class: 'mm-case__texts' }, side('Imprimé jusqu’ici', former), side('Nouvelle valeur', now)),
      el('div', { class: 'mm-case__choices' },
        button('Prendre la nouvelle valeur', () => this.choose('prendre', [change]), { 'data-choice': 'take', 'aria-label': `Prendre la nouvelle valeur – ${about}` }),
        kept ? null : button('Garder la valeur imprimée', () => this.choose('garder', [change]), { 'data-choice': 'keep', 'aria-label': `Garder la valeur imprimée – ${about}` }),
      ),
    )
  }

  async choose(choice, chosen) {
    if (this.asking) return
    this.asking = true
    this.dom.setAttribute('aria-busy', 'true')
    const answer = await this.server.facts({ choice, keys: chosen.map(({ key }) => key) })
    this.asking = false
    this.dom.removeAttribute('aria-busy')
    if (answer.kind === 'session') return this.session()
    if (answer.data?.changes) this.loaded(answer.data)
    this.tell(answer.kind === 'answered' ? `${TOLD[choice]} ${this.left()}` : answer.data?.message ?? LOST)
    this.focusNext()
  }

  left() {
    const { length } = this.waiting
    return length ? `Il reste ${length} changement${length > 1 ? 's' : ''}.` : 'Plus aucun changement à voir.'
  }

  focusNext() {
    if (this.dom.hidden) this.editor.view.focus()
    else (this.list.querySelector(':scope > article button') ?? this.title).focus()
  }
}

function side(caption, lines) {
  const body = lines.length ? lines.map(line => el('p', {}, line)) : [el('p', { class: 'mm-case__removed' }, NOTHING)]
  return el('div', { class: 'mm-case__text' }, el('p', { class: 'mm-case__caption' }, caption), body)
}

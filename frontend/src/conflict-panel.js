import { DOMSerializer } from '@tiptap/pm/model'
import { markWords } from './word-marks.js'
import { sectionsOf } from './document.js'
import { button, el, setHidden } from './dom.js'
import { longDate } from './dates.js'
import { same } from './merge.js'
import { sectionName } from './text.js'

/** The three texts of each choice side by side (mine, theirs, the one both started from), above the editor; nothing takes the keyboard away from the person who types. */
export class ConflictPanel {
  constructor(conflicts, editor) {
    Object.assign(this, { conflicts, editor })
    this.title = el('h2', { class: 'mm-conflict__title', id: 'mm-conflict-title' })
    this.list = el('div')
    this.dom = el('section', { class: 'mm-conflict', tabindex: '-1', 'aria-labelledby': 'mm-conflict-title', hidden: true }, this.title, this.list)
    this.drawn = new Map()
    this.told = '[]'
  }

  refresh() {
    const { cases, orderCase, waiting } = this.conflicts
    setHidden(this.dom, !this.editor.isEditable || (!cases.size && !orderCase))
    const title = waiting ? 'Conflit à résoudre : ce texte a aussi été modifié ailleurs' : 'Brouillon à comparer'
    if (this.title.textContent !== title) this.title.textContent = title
    const cards = [...cases].map(([key, found]) => this.card(key, found))
    if (orderCase) cards.push(this.orderAsDrawn(orderCase))
    this.tellPoints()
    const { children } = this.list
    if (cards.length !== children.length || cards.some((card, rank) => card !== children[rank])) this.list.replaceChildren(...cards)
    for (const key of this.drawn.keys()) if (!cases.has(key)) this.drawn.delete(key)
  }

  /** What remains to look at, for the list beside the text: each choice, told when they change. */
  tellPoints() {
    const points = this.dom.hidden ? [] : [...this.conflicts.cases].map(([key, found]) => this.point(key, found))
    if (!this.dom.hidden && this.conflicts.orderCase) points.push({ kind: 'conflict', text: 'Conflit à résoudre : ordre des sections.', element: caseId('order') })
    const told = JSON.stringify(points)
    if (told !== this.told) document.dispatchEvent(new CustomEvent('minutes:points', { detail: { source: 'conflicts', points } }))
    this.told = told
  }

  point(key, found) {
    const { mine, theirs } = this.conflicts.texts(found)
    const title = found.draft === undefined ? 'Conflit à résoudre' : 'Brouillon à comparer'
    return { kind: 'conflict', text: `${title} : section ${sectionName(mine ?? theirs)}.`, element: caseId(key) }
  }

  /** A card is drawn again only when one of its texts changed, so that a button keeps the focus. */
  card(key, found) {
    const { mine, theirs } = this.conflicts.texts(found)
    const drawn = this.drawn.get(key)
    if (drawn && same(drawn.mine, mine) && same(drawn.theirs, theirs)) return drawn.dom
    const dom = this.drawCard(key, found, mine, theirs)
    this.drawn.set(key, { mine, theirs, dom })
    return dom
  }

  drawCard(key, { id, draft, author, at, start }, mine, theirs) {
    const isDraft = draft !== undefined
    const name = sectionName(mine ?? theirs)
    const other = isDraft ? 'Texte actuel' : `Version de ${author || 'une autre personne'}${at ? `, ${longDate(at)}` : ''}`
    const choose = choice => () => this.choose(key, choice)
    return el(
      'article', { class: 'mm-case', id: caseId(key), tabindex: '-1', 'data-case': id, 'aria-label': `Section ${name}` },
      el('h3', { class: 'mm-case__title' }, `Section ${name}`),
      el('p', { class: 'mm-case__hint' }, start ? 'Souligné : ajouté au texte de départ. Barré : retiré.' : 'Souligné : ce que l’autre texte n’a pas.'),
      el('div', { class: start ? 'mm-case__texts mm-case__texts--three' : 'mm-case__texts' },
        this.text(isDraft ? `Votre brouillon${at ? `, ${longDate(at)}` : ''}` : 'Ma version', mine, start ?? theirs, 'mine', Boolean(start)),
        this.text(other, theirs, start ?? mine, 'theirs', Boolean(start)),
        start ? this.text('Texte de départ', start, null, 'base') : null),
      el('div', { class: 'mm-case__choices' },
        button(isDraft ? 'Reprendre mon brouillon' : 'Garder ma version', choose('mine'), { 'data-choice': 'mine' }),
        button(isDraft ? 'Garder le texte actuel' : 'Prendre l’autre version', choose('theirs'), { 'data-choice': 'theirs' }),
        mine && theirs ? button('Garder les deux', choose('both'), { 'data-choice': 'both' }) : null,
      ),
    )
  }

  text(caption, node, other, side, withRemoved = false) {
    const body = node ? this.readable(node, other, withRemoved) : el('p', { class: 'mm-case__removed' }, 'Section supprimée.')
    return el('div', { class: 'mm-case__text', 'data-side': side, role: 'group', 'aria-label': caption, tabindex: '0' }, el('p', { class: 'mm-case__caption' }, caption), body)
  }

  /** The section as it reads, its words marked where they are not those of `other`. */
  readable(node, other, withRemoved) {
    const body = this.blocksOf(node)
    if (other) markWords(body, this.blocksOf(other), withRemoved)
    return body
  }

  blocksOf(node) {
    const serializer = DOMSerializer.fromSchema(this.editor.schema)
    return el('div', { class: 'mm-case__body' }, node.content.content.map(block => el('div', {}, withoutRank(serializer.serializeNode(block)))))
  }

  choose(key, choice) {
    this.conflicts.decide(key, choice)
    if (this.dom.hidden) this.editor.view.focus()
    else this.dom.querySelector('button')?.focus()
  }

  orderAsDrawn(orderCase) {
    const dom = this.orderCard(orderCase)
    if (!this.order?.isEqualNode(dom)) this.order = dom
    return this.order
  }

  orderCard({ theirs }) {
    const sections = sectionsOf(this.editor.state.doc)
    const list = ids => el('ol', {}, ids.filter(id => sections.has(id)).map(id => el('li', {}, sectionName(sections.get(id)))))
    const choose = choice => () => {
      this.conflicts.decideOrder(choice)
      this.editor.view.focus()
    }
    return el(
      'article', { class: 'mm-case', id: caseId('order'), tabindex: '-1', 'data-case': 'order' },
      el('h3', { class: 'mm-case__title' }, 'Ordre des sections'),
      el('div', { class: 'mm-case__texts' },
        el('div', { class: 'mm-case__text' }, el('p', { class: 'mm-case__caption' }, 'Mon ordre'), list([...sections.keys()])),
        el('div', { class: 'mm-case__text' }, el('p', { class: 'mm-case__caption' }, 'L’autre ordre'), list(theirs))),
      el('div', { class: 'mm-case__choices' }, button('Garder mon ordre', choose('mine')), button('Prendre l’autre ordre', choose('theirs'))),
    )
  }

  focus() {
    this.dom.scrollIntoView({ block: 'start' })
    this.dom.focus({ preventScroll: true })
  }
}

const caseId = key => `mm-case-${key}`

/** A heading of the text is not one of the page: in the comparison it is a bold line. */
function withoutRank(dom) {
  return /^H[1-6]$/.test(dom.tagName) ? el('p', { class: 'mm-case__heading' }, ...dom.childNodes) : dom
}

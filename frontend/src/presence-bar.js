import { button, el, setHidden } from './dom.js'
import { findSection } from './document.js'
import { writes } from './hands.js'
import { currentSection } from './sections.js'
import { sectionName } from './text.js'

/** Above the text: who else has it open and where, who writes in the section of the cursor, and the hand asked or taken. */
export class PresenceBar {
  constructor({ editor, hands, take, write }) {
    Object.assign(this, { editor, hands, write })
    this.people = el('p', { class: 'mm-presence__people', hidden: true })
    this.heldText = el('span')
    this.takeIt = button('Prendre la main', () => this.takeHand(take), { 'data-act': 'take-hand' })
    this.held = el('p', { class: 'mm-presence__held', hidden: true }, this.heldText, ' ', this.takeIt)
    this.noticeText = el('span')
    this.notice = el('p', { class: 'mm-presence__notice', hidden: true }, this.noticeText, ' ', button('Compris', () => this.close(), { 'data-act': 'understood' }))
    this.dom = el('div', { class: 'mm-presence', role: 'group', 'aria-label': 'Autres personnes sur ce texte' }, this.people, this.held, this.notice)
  }

  show(people) {
    const where = people.map(({ name, section }) => {
      const node = findSection(this.editor.state.doc, section)?.node
      return node ? `${name} (section ${sectionName(node)})` : name
    })
    set(this.people, where.length ? `Aussi sur ce texte : ${where.join(', ')}` : '', this.people)
    this.refresh()
  }

  /** Follows the cursor. */
  refresh() {
    const id = currentSection(this.editor.state)?.node.attrs.id
    const hand = this.editor.isEditable && this.hands.heldByOther(id)
    this.section = id
    if (this.asked && (this.asked !== id || !hand)) this.asked = null
    const text = hand ? `${writes(hand)}.${this.asked ? ' La main lui est demandée…' : ''}` : ''
    setHidden(this.takeIt, Boolean(this.asked))
    set(this.heldText, text, this.held)
  }

  takeHand(take) {
    this.asked = this.section
    take(this.section)
    this.refresh()
    this.write()
  }

  tell(text) {
    set(this.noticeText, text, this.notice)
  }

  close() {
    this.notice.hidden = true
    this.write()
  }
}

function set(node, text, row) {
  setHidden(row, !text)
  if (node.textContent !== text) node.textContent = text
}

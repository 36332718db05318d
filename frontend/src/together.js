import { localNow, serverHour } from './dates.js'
import { findSection } from './document.js'
import { Hands, writes } from './hands.js'
import { Others } from './others.js'
import { Presence } from './presence.js'
import { readCaret } from './places.js'
import { PresenceBar } from './presence-bar.js'
import { sectionName } from './text.js'

/** Several people on one text: joins what the server tells every two seconds to the parts of the editor. */
export class Together {
  constructor({ baseline, tell }) {
    this.tell = tell
    this.hands = new Hands({ baseline, refused: id => this.refused(id) })
  }

  plugin() {
    return this.hands.plugin()
  }

  /** Once the editor stands. */
  start({ editor, server, baseline, autosave, conflicts, client, thaw }) {
    Object.assign(this, { editor, autosave, thaw })
    this.hands.view = editor.view
    this.others = new Others({ editor, baseline, server, conflicts, autosave, tell: this.tell })
    this.bar = new PresenceBar({ editor, hands: this.hands, take: id => this.presence.take(id), write: () => editor.view.focus() })
    this.presence = new Presence({ server, client, editor, baseline, autosave, hands: this.hands, on: this.reports() })
  }

  reports() {
    return {
      told: told => this.told(told),
      back: () => this.back(),
      lost: () => this.forget(),
      // What is being typed is saved first at its own pause, which asks to sign in again: never in the middle of a word.
      session: () => !this.autosave.unsent && this.autosave.problem !== 'session' && this.autosave.session(),
      forbidden: () => this.autosave.sending || this.autosave.gone(),
      gone: () => this.autosave.sending || this.autosave.gone(),
    }
  }

  /** The network is back: what was typed without it goes, and the person is told what became of it. */
  async back() {
    const { sections } = this.autosave.unsentChanges()
    const names = sections.map(({ id }) => this.name(id)).join(', ')
    await this.autosave.flush()
    if (!names) return
    const left = this.autosave.unsent ? 'Le serveur répond de nouveau. À enregistrer ou à comparer' : 'Le serveur répond de nouveau. Enregistré'
    this.notify(`${left} : ${names}.`)
  }

  told(told) {
    if (this.autosave.sending) return undefined // what is on its way ends first: told again in two seconds
    readCaret(this.editor.view)
    this.follow(told)
    if (this.autosave.problem === 'frozen') return undefined
    this.learn(told.hands)
    this.bar.show(told.people)
    return this.others.follow(told)
  }

  /** Frozen or in review: nobody writes any more, until it is opened again. */
  follow({ state, frozen }) {
    const message = state !== 'drafting' ? 'Ce compte-rendu n’est plus en rédaction : il ne se modifie plus.' : frozen ? frozenWords(frozen) : ''
    if (message && this.autosave.problem !== 'frozen') {
      this.forget()
      this.autosave.frozen({ data: { message } })
      this.autosave.on.state()
    }
    if (!message && !this.editor.isEditable) this.thaw()
  }

  learn(all) {
    const before = this.hands.all
    const { claim } = this.presence
    const changed = this.hands.learn(all)
    for (const [id, hand] of Object.entries(all)) {
      if (hand.mine && hand.asked_by) this.give(id, hand.asked_by)
      if (hand.mine && before[id] && !before[id].mine) this.notify(`Vous avez la main sur la section ${this.name(id)}.`)
      if (hand.mine) continue
      if (before[id]?.mine) this.lost(id, hand)
      else if (before[id]?.name !== hand.name && claim?.id !== id) this.tell(`${writes(hand)} : section ${this.name(id)}.`)
    }
    if (changed) this.hands.redraw()
  }

  /** Somebody asks for the hand: what is typed is saved first, then it is theirs. Not saved yet: at the next turn. */
  async give(id, name) {
    if (this.giving) return
    this.giving = true
    await this.autosave.flush()
    this.giving = false
    if (this.hands.isDirty(id)) return
    this.presence.release()
    this.hands.learn({ ...this.hands.all, [id]: { name, mine: false, since: localNow(), asked_by: null } })
    this.hands.redraw()
    this.notify(`${name} a demandé la main sur la section ${this.name(id)} : votre texte est enregistré, la main lui est passée.`)
  }

  lost(id, hand) {
    const kept = this.hands.isDirty(id) ? 'Votre texte, pas encore enregistré, est gardé : il vous sera proposé à côté du sien.' : 'Votre texte est enregistré.'
    this.notify(`${hand.name} a pris la main sur la section ${this.name(id)} à ${serverHour(hand.since)}. ${kept}`)
    if (!this.hands.isDirty(id)) this.presence.release()
  }

  notify(text) {
    this.bar.tell(text)
    this.tell(text)
  }

  /** Typed in a section that somebody else has in hand. */
  refused(id) {
    this.tell(`${writes(this.hands.all[id])}. Pour écrire dans cette section, prenez la main : le bouton est au-dessus du texte.`)
    this.bar.refresh()
  }

  forget() {
    if (!Object.keys(this.hands.all).length) return
    this.hands.forget()
    this.hands.redraw()
    this.bar.show([])
  }

  typed() {
    this.presence?.typed()
  }

  refresh() {
    this.bar?.refresh()
  }

  stop() {
    this.presence.stop()
  }

  name(id) {
    return sectionName(findSection(this.editor.state.doc, id)?.node)
  }
}

/** « Marie Untel a figé ce texte à 14:32 : relecture » */
export function frozenWords({ by, at, reason }) {
  return `${by} a figé ce texte à ${serverHour(at)} : ${reason} Vous pouvez le lire ; ce que vous avez écrit et qui n’est pas enregistré reste ici.`
}

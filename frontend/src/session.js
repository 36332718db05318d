import { el } from './dom.js'

const POLL_MS = 10_000

/** The session ended while someone wrote: says so, leads to the sign-in in another tab, and knows when it is done. */
export class Session {
  constructor({ host, server, signInUrl, account, back, loaded, write }) {
    Object.assign(this, { host, server, signInUrl, account, back, loaded, write })
    this.ended = false
    for (const name of ['focus', 'online']) window.addEventListener(name, () => this.check())
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.check())
  }

  end(kept) {
    this.ended = true
    this.kept = kept
    this.timer ??= setInterval(() => this.check(), POLL_MS)
    this.open()
  }

  open() {
    if (this.dialog?.open) return
    this.message = el('p', { role: 'status', class: 'mm-error' })
    const where = this.kept ? 'Votre texte est gardé sur ce poste.' : 'Votre texte est gardé dans cet onglet : ne le fermez pas.'
    this.dialog = el(
      'dialog', { class: 'mm-dialog', id: 'mm-session', 'aria-labelledby': 'mm-session-title', onclose: event => event.target.remove() },
      el('h2', { class: 'mm-dialog__title', id: 'mm-session-title' }, 'Votre session a expiré'),
      el('p', {}, `Votre session a expiré. ${where}`),
      el('p', {}, 'Reconnectez-vous dans le nouvel onglet, puis revenez ici : l’enregistrement reprendra seul.'),
      this.message,
      el('div', { class: 'mm-dialog__choices' },
        el('a', { class: 'fr-btn fr-btn--sm', href: this.signInUrl, target: '_blank', rel: 'opener', 'data-act': 'sign-in' }, 'Se reconnecter (nouvel onglet)'),
        el('button', { type: 'button', class: 'fr-btn fr-btn--sm fr-btn--secondary', onclick: () => this.close() }, 'Continuer à écrire')),
    )
    this.host.append(this.dialog)
    this.dialog.showModal()
  }

  /** Back to the text, with the cursor where it was. */
  close() {
    if (!this.dialog?.open) return
    this.dialog.close()
    this.write()
  }

  /** Asks the server whether someone is signed in again; the answer bears the new CSRF token. */
  async check() {
    if (!this.ended || this.checking) return
    this.checking = true
    const answer = await this.server.load()
    this.checking = false
    if (answer.kind !== 'loaded' || !this.ended) return
    if (this.stranger(answer.data)) return
    this.ended = false
    clearInterval(this.timer)
    delete this.timer
    this.close()
    this.loaded(answer.data)
    await this.back()
  }

  /** Signed in under another account: this text is not sent under a name that did not write it. */
  stranger({ account }) {
    if (account === undefined || String(account) === this.account) return false
    if (this.message) this.message.textContent = 'Vous êtes connecté avec un autre compte. Reconnectez-vous avec le vôtre pour enregistrer ce texte.'
    return true
  }
}

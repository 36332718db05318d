import { currentSection } from './sections.js'

const EVERY_MS = 2_000
const HIDDEN_EVERY_MS = 10_000
const HIDDEN_LONGEST_MS = 120_000
const SOON_MS = 250
const RETRY_MS = [2_000, 4_000, 8_000, 15_000, 30_000]
const REFUSED_MS = 60_000
const WRITING_MS = 30_000

/**
 * Asks the server every two seconds who is where and what is new (docs/editor.md), and says where this page is. Slower
 * when nobody answers, slower then silent behind a hidden tab; whatever it learns, it hands to `on`.
 */
export class Presence {
  constructor({ server, client, editor, baseline, autosave, hands, on }) {
    Object.assign(this, { server, client, editor, baseline, autosave, hands, on })
    this.claim = null
    this.lost = 0
    this.stopped = !server.presenceUrl
    if (this.stopped) return
    document.addEventListener('visibilitychange', () => this.seen())
    for (const name of ['focus', 'online']) window.addEventListener(name, () => this.soon())
    window.addEventListener('pagehide', () => this.server.leave(client))
    window.addEventListener('pageshow', () => this.soon())
    this.soon()
  }

  stop() {
    if (!this.stopped) this.server.leave(this.client)
    this.stopped = true
    clearTimeout(this.timer)
  }

  seen() {
    this.hiddenSince = document.hidden ? Date.now() : null
    if (!document.hidden) this.soon()
  }

  soon() {
    this.arm(SOON_MS)
  }

  arm(ms) {
    clearTimeout(this.timer)
    if (!this.stopped) this.timer = setTimeout(() => this.ask(), ms)
  }

  /** The person typed: this page claims the section, at once when it did not yet. */
  typed() {
    const section = currentSection(this.editor.state)?.node
    if (this.stopped || !section || !this.baseline.change(section.attrs.id, section)) return
    const { id } = section.attrs
    const before = this.claim
    this.claim = { id, takes: before?.id === id && before.takes, at: Date.now() }
    if (before?.id !== id) this.soon()
  }

  /** « Prendre la main »: the page that has it saves and gives it, within a few seconds. */
  take(id) {
    this.claim = { id, takes: true, at: Date.now() }
    this.soon()
  }

  /** The hand is given to who asked for it, or left: nothing has been typed for a while and all is saved. */
  release() {
    this.claim = null
    this.soon()
  }

  says() {
    const here = currentSection(this.editor.state)?.node.attrs.id ?? '-'
    const isOver = this.claim && (this.claim.id !== here || Date.now() - this.claim.at > WRITING_MS) && !this.hands.isDirty(this.claim.id)
    if (isOver) this.claim = null
    return this.claim ? [this.claim.id, this.claim.takes ? 'takes' : 'writes'] : [here, 'here']
  }

  async ask() {
    if (this.asking || this.stopped) return
    if (document.hidden && this.hiddenSince && Date.now() - this.hiddenSince > HIDDEN_LONGEST_MS) return
    this.asking = true
    const answer = await this.server.follow([this.client, ...this.says()].join(' '), this.told && this.etag)
    this.asking = false
    if (!this.stopped) this.hear(answer)
  }

  /** Unchanged, what was told before still holds: what could not be done about it then is done now. */
  hear({ kind, data, etag }) {
    if (kind !== 'told' && kind !== 'same') return this.unheard(kind)
    const isBack = this.lost > 0
    this.lost = 0
    if (data) Object.assign(this, { told: data, etag })
    this.arm(document.hidden ? HIDDEN_EVERY_MS : EVERY_MS)
    this.on.told(this.told)
    return isBack && this.on.back()
  }

  unheard(kind) {
    this.told = null
    const refused = kind !== 'lost' && kind !== 'session'
    this.arm(refused ? REFUSED_MS : RETRY_MS[Math.min(this.lost++, RETRY_MS.length - 1)])
    this.on[kind]?.()
  }
}
